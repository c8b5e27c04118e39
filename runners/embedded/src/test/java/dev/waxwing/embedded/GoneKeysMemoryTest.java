package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.step.CollectOptions;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The heap does not grow with keys that have gone, however long they would have waited. */
final class GoneKeysMemoryTest {

    private static final int ITEMS = 900_000;
    private static final int KEYS = 50_000;

    @Test
    void listsThatWereReleasedAreNotOnTheHeapUntilTheirTimeout() throws Exception {
        List<Long> megabytes = Collections.synchronizedList(new ArrayList<>());
        var flow = Dataflow.named("flow");
        flow.input("in", TestSource.<Integer>ofElements(numbers()))
                .keyOn("key", number -> number % KEYS)
                .collect("pairs", CollectOptions.upTo(2, Duration.ofHours(1)))
                .map(
                        "heap",
                        (key, pair) -> {
                            if (pair.get(0) % (ITEMS / 3) == 0) {
                                megabytes.add(usedMegabytes());
                            }
                            return pair;
                        })
                .filter("none", pair -> false)
                .output("out", new TestSink<>());

        Runs.run(flow, EmbeddedOptions.defaults().withWorkers(1));

        assertThat(megabytes).hasSize(3);
        assertThat(megabytes.get(2) - megabytes.get(1))
                .as("heap in MB after each third: %s", megabytes)
                .isLessThan(10);
    }

    private static List<Object> numbers() {
        List<Object> numbers = new ArrayList<>(ITEMS);
        for (var i = 0; i < ITEMS; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    private static long usedMegabytes() {
        for (var i = 0; i < 3; i++) {
            System.gc();
        }
        var runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }
}
