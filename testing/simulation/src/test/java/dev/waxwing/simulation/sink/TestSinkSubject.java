package dev.waxwing.simulation.sink;

import dev.waxwing.sink.Sink;
import dev.waxwing.testing.TargetFaults;
import dev.waxwing.testing.TestSink;
import java.util.List;

/** The sink of the testing module that keeps its position. */
final class TestSinkSubject implements SinkSubject<String> {

    private final TestSink<String> target = new TestSink<>();

    @Override
    public Sink<String> sink(TargetFaults faults) {
        return target;
    }

    @Override
    public String item(SinkItem item) {
        return item.text();
    }

    @Override
    public List<SinkItem> committed() {
        return target.committed().stream().map(SinkItem::parse).toList();
    }
}
