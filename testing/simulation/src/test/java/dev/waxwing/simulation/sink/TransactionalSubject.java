package dev.waxwing.simulation.sink;

import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Sink;
import dev.waxwing.testing.TargetFaults;
import dev.waxwing.testing.TransactionalTarget;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The target of the testing module with transactions. */
final class TransactionalSubject implements SinkSubject<String> {

    private static final List<String> PARTS = List.of("a", "b", "c");

    private final TransactionalTarget<String> target =
            new TransactionalTarget<>(PARTS.toArray(new String[0]));

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
        return target.rows().stream().map(SinkItem::parse).toList();
    }

    @Override
    public Backup backUp() {
        Map<String, Marker> markers = new HashMap<>();
        PARTS.forEach(part -> markers.put(part, target.marker(part)));
        return () -> markers.forEach(target::restore);
    }
}
