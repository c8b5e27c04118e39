package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.step.WatermarkOptions;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import dev.waxwing.windowing.StreamClock;
import dev.waxwing.windowing.TumblingWindower;
import dev.waxwing.windowing.WindowOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows of so many keys that their items are held. */
final class ManyKeysTest {

    private static final int KEYS = 40_000;
    private static final int ITEMS = 250_000;
    private static final int ITEMS_PER_MILLI = 100;
    private static final int OUT_OF_ORDER_MILLIS = 50;

    @TempDir private Path directory;

    record Reading(long sensor, long millis, int value) {
        Instant at() {
            return Instant.ofEpochMilli(millis);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void sumsAreRightOverACrashAndAChangeOfWorkers(int workers) throws Exception {
        var random = new Random(workers);
        List<Object> items = new ArrayList<>();
        Map<String, Integer> expected = new HashMap<>();
        for (var i = 0; i < ITEMS; i++) {
            var millis = i / ITEMS_PER_MILLI + random.nextInt(OUT_OF_ORDER_MILLIS);
            var reading = new Reading(random.nextInt(KEYS), millis, i);
            items.add(reading);
            expected.merge(reading.sensor() + " " + millis / 1_000, i, Integer::sum);
        }
        items.add(ITEMS * 2 / 3, TestItems.crash());
        var out = new TestSink<String>();
        var flow = flow(TestSource.ofElements(items), out, Integer::sum);

        assertThat(Runs.failure(flow, options(workers))).hasStackTraceContaining("asked for");
        Runs.run(flow, options(3 - workers));

        Map<String, Integer> sums = new HashMap<>();
        for (String line : out.committed()) {
            var parts = line.split("=", -1);
            assertThat(sums.put(parts[0], Integer.valueOf(parts[1]))).as(line).isNull();
        }
        assertThat(sums).isEqualTo(expected);
    }

    @Test
    void failureNamesTheItemThatWasHeld() {
        List<Object> items = new ArrayList<>();
        for (var i = 0; i < 2 * KEYS; i++) {
            items.add(new Reading(i % KEYS, 7, i));
        }

        var failure =
                Runs.failure(
                        flow(TestSource.ofElements(items), new TestSink<>(), ManyKeysTest::refuse),
                        EmbeddedOptions.defaults());

        assertThat(failure)
                .hasMessageContaining("step 'flow.sum'")
                .hasMessageContaining(
                        "for key '30123', item Reading[sensor=30123, millis=7, value=70123]");
    }

    private static int refuse(int sum, int value) {
        if (value == KEYS + 30_123) {
            throw new IllegalArgumentException("no such value");
        }
        return sum + value;
    }

    private EmbeddedOptions options(int workers) {
        return EmbeddedOptions.defaults()
                .withWorkers(workers)
                .withRecovery(
                        RecoveryOptions.in(directory).withEpochInterval(Duration.ofMillis(20)));
    }

    private static Dataflow flow(TestSource<Reading> source, TestSink<String> out, Adding adding) {
        var flow = Dataflow.named("flow");
        flow.input("in", source)
                .watermark(
                        "time",
                        Reading::at,
                        WatermarkOptions.outOfOrderBy(Duration.ofMillis(OUT_OF_ORDER_MILLIS)))
                .keyOn("sensor", Reading::sensor)
                .foldWindow(
                        "sum",
                        StreamClock.of(Reading::at),
                        TumblingWindower.of(Duration.ofSeconds(1)),
                        () -> 0,
                        (sum, reading) -> adding.add(sum, reading.value()),
                        Integer::sum)
                .with(WindowOptions.unordered())
                .down()
                .map(
                        "text",
                        (key, window) ->
                                key + " " + window.openMicros() / 1_000_000 + "=" + window.value())
                .output("out", out);
        return flow;
    }

    private interface Adding extends java.io.Serializable {
        int add(int sum, int value);
    }
}
