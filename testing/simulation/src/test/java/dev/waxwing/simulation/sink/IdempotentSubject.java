package dev.waxwing.simulation.sink;

import dev.waxwing.sink.Sink;
import dev.waxwing.testing.IdempotentTarget;
import dev.waxwing.testing.TargetFaults;
import java.util.List;

/** The target of the testing module that remembers ids. */
final class IdempotentSubject implements SinkSubject<String> {

    private final IdempotentTarget<String> target = new IdempotentTarget<>("a", "b", "c");

    @Override
    public Sink<String> sink(TargetFaults faults) {
        return target.withFaults(faults);
    }

    @Override
    public String item(SinkItem item) {
        return item.text();
    }

    @Override
    public List<SinkItem> committed() {
        return target.items().stream().map(SinkItem::parse).toList();
    }
}
