package dev.waxwing.simulation.windows;

import dev.waxwing.Keyed;
import dev.waxwing.WindowOut;
import dev.waxwing.simulation.SimulatedSink;
import dev.waxwing.simulation.Simulation;
import dev.waxwing.windowing.LateValue;
import dev.waxwing.windowing.WindowResult;
import java.util.List;
import java.util.stream.Stream;

/** What a window step gives, by key, in the order in which it does. */
final class WindowOutcome {

    private final SimulatedSink<Keyed<String, WindowResult<String>>> results;
    private final SimulatedSink<Keyed<String, LateValue<Reading>>> late;
    private final SimulatedSink<Keyed<String, WindowResult.Metadata>> closed;

    WindowOutcome(Simulation world) {
        results = world.sink();
        late = world.sink();
        closed = world.sink();
    }

    void take(WindowOut<String, Reading, String> out) {
        out.down()
                .<Keyed<String, WindowResult<String>>>map("result", Keyed::new)
                .output("results", results);
        out.late()
                .<Keyed<String, LateValue<Reading>>>map("late-value", Keyed::new)
                .output("late", late);
        out.meta()
                .<Keyed<String, WindowResult.Metadata>>map("window", Keyed::new)
                .output("closed", closed);
    }

    List<WindowResult<String>> results(String key) {
        return of(key, results);
    }

    List<LateValue<Reading>> late(String key) {
        return of(key, late);
    }

    List<WindowResult.Metadata> closed(String key) {
        return of(key, closed);
    }

    /** Under which keys anything was given. */
    List<String> keys() {
        return Stream.of(results, late, closed)
                .flatMap(sink -> sink.committed().stream())
                .map(pair -> ((Keyed<?, ?>) pair).key().toString())
                .distinct()
                .toList();
    }

    private static <X> List<X> of(String key, SimulatedSink<Keyed<String, X>> sink) {
        return sink.committed().stream()
                .filter(pair -> pair.key().equals(key))
                .map(Keyed::value)
                .toList();
    }
}
