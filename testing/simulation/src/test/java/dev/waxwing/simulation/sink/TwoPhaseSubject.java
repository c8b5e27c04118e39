package dev.waxwing.simulation.sink;

import dev.waxwing.sink.Sink;
import dev.waxwing.testing.TargetFaults;
import dev.waxwing.testing.TwoPhaseTarget;
import java.util.List;

/** The target of the testing module with staged pieces. */
final class TwoPhaseSubject implements SinkSubject<String> {

    private final TwoPhaseTarget<String> target = new TwoPhaseTarget<>("a", "b", "c");

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

    @Override
    public List<String> garbage() {
        return target.staged().stream().map(Object::toString).toList();
    }
}
