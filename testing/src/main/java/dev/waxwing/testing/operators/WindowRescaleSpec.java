package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.keyed;
import static dev.waxwing.testing.operators.WindowFlows.FIVES;
import static dev.waxwing.testing.operators.WindowFlows.FOR_EVER;
import static dev.waxwing.testing.operators.WindowFlows.SESSIONS;
import static dev.waxwing.testing.operators.WindowFlows.TENS;
import static dev.waxwing.testing.operators.WindowFlows.inOrder;
import static dev.waxwing.testing.operators.WindowFlows.names;
import static dev.waxwing.testing.operators.WindowFlows.results;
import static dev.waxwing.testing.operators.WindowFlows.seconds;
import static dev.waxwing.testing.operators.WindowFlows.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.Keyed;
import dev.waxwing.KeyedStream;
import dev.waxwing.Stream;
import dev.waxwing.step.WatermarkOptions;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.operators.FoldWindowSpec.Event;
import dev.waxwing.windowing.CountWindower;
import dev.waxwing.windowing.StreamClock;
import dev.waxwing.windowing.WindowOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What windows know when the number of workers changes in their middle, on any runner: each item is
 * an epoch, and is followed by a crash and an execution by another number of workers.
 */
public abstract class WindowRescaleSpec extends OperatorSpec {

    private static final int KEYS = 8;

    /** Events of each of several keys, those of one time one after the other. */
    private void expectOverChangingWorkers(
            List<Event> events,
            KeyingSteps<Keyed<String, Event>, String, String> steps,
            String... results) {
        int[] counts =
                runner().modes().stream().mapToInt(SpecMode::workers).distinct().sorted().toArray();
        List<Keyed<String, Event>> items = new ArrayList<>();
        events.forEach(event -> forEachKey(key -> items.add(keyed(key, event))));
        List<Keyed<String, String>> expected = new ArrayList<>();
        List.of(results).forEach(result -> forEachKey(key -> expected.add(keyed(key, result))));
        in(
                SpecMode.plain().withRestoreAfterEachBatch(),
                world -> {
                    var out = new TestSink<Keyed<String, String>>();
                    var flow = Dataflow.named("flow");
                    steps.add(flow.input("in", world.<Keyed<String, Event>>sourceOf(items)))
                            .<Keyed<String, String>>map("pair", Keyed::new)
                            .output("out", out);

                    world.run(flow, counts);

                    assertThat(out.committed()).containsExactlyInAnyOrderElementsOf(expected);
                });
    }

    private static void forEachKey(Consumer<String> action) {
        for (int key = 0; key < KEYS; key++) {
            action.accept("k" + key);
        }
    }

    private static Event at(int second, String name) {
        return new Event(name, second);
    }

    private static KeyedStream<String, Event> keys(Stream<Keyed<String, Event>> pairs) {
        return pairs.<String>keyOn("key", Keyed::key).mapValue("event", Keyed::value);
    }

    @Test
    void openTumblingWindowsFollowTheirKeys() {
        expectOverChangingWorkers(
                List.of(at(1, "a"), at(4, "b"), at(8, "c"), at(12, "d")),
                pairs -> results(names(keys(pairs), inOrder(), TENS)),
                "0 abc",
                "1 d");
    }

    @Test
    void panesOfSlidingWindowsFollowTheirKeys() {
        expectOverChangingWorkers(
                List.of(at(1, "a"), at(4, "b"), at(8, "c"), at(12, "d")),
                pairs -> results(names(keys(pairs), inOrder(), FIVES)),
                "-1 ab",
                "0 abc",
                "1 cd",
                "2 d");
    }

    @Test
    void openSessionsFollowTheirKeysAndBecomeOne() {
        expectOverChangingWorkers(
                List.of(at(0, "a"), at(20, "b"), at(10, "c"), at(120, "d")),
                pairs ->
                        results(
                                names(keys(pairs), waiting(seconds(60)), SESSIONS)
                                        .with(WindowOptions.unordered())),
                "0 abc",
                "2 d");
    }

    @Test
    void windowsByCountFollowTheirKeys() {
        expectOverChangingWorkers(
                List.of(at(1, "a"), at(2, "b"), at(3, "c"), at(4, "d"), at(5, "e")),
                pairs -> results(names(keys(pairs), inOrder(), CountWindower.of(3))),
                "0 abc",
                "1 de");
    }

    @Test
    void waitingValuesFollowTheirKeys() {
        expectOverChangingWorkers(
                List.of(at(8, "c"), at(1, "a"), at(15, "e"), at(4, "b"), at(40, "f")),
                pairs -> results(names(keys(pairs), waiting(seconds(20)), TENS)),
                "0 abc",
                "1 e",
                "4 f");
    }

    @Test
    void windowsInStreamTimeFollowTheirKeys() {
        WatermarkOptions time =
                WatermarkOptions.outOfOrderBy(Duration.ZERO).withIdleTimeout(FOR_EVER);
        expectOverChangingWorkers(
                List.of(at(1, "a"), at(4, "b"), at(12, "c"), at(13, "d")),
                pairs ->
                        results(
                                keys(pairs.watermark("time", pair -> pair.value().at(), time))
                                        .foldWindow(
                                                "names",
                                                StreamClock.of(Event::at),
                                                TENS,
                                                () -> "",
                                                (names, event) -> names + event.name(),
                                                (left, right) -> left + right)
                                        .with(WindowOptions.unordered())),
                "0 ab",
                "1 cd");
    }
}
