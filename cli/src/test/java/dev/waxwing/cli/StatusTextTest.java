package dev.waxwing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.run.Execution.Counters;
import dev.waxwing.run.Execution.StepCounters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StatusTextTest {

    private static final long SECOND = 1_000_000_000;

    private final StatusText status = new StatusText(0);

    @Test
    void ratesAreSinceTheLastLine() {
        status.text(counters(2, 1, 1_000, 500), SECOND);

        assertThat(status.text(counters(3, 2, 5_000, 600), 3 * SECOND))
                .startsWith("3 s  in 2,000/s  out 50/s  epoch 3  decided 2 (0.0 s ago)  memory ");
    }

    @Test
    void lagGrowsWhileNoEpochIsDecided() {
        status.text(counters(2, 1, 0, 0), SECOND);

        assertThat(status.text(counters(2, 1, 0, 0), 6 * SECOND)).contains("decided 1 (5.0 s ago)");
    }

    @Test
    void tellsWhatCameTooLateAndWhatBecameDeadLetters() {
        var counters =
                new Counters(
                        0,
                        1,
                        0,
                        0,
                        List.of(
                                new StepCounters(
                                        "f.map", "map", 0, Map.of(), 0, 0, 7, 0, 0, Map.of()),
                                new StepCounters(
                                        "f.n",
                                        "stateful",
                                        9,
                                        Map.of(),
                                        0,
                                        0,
                                        0,
                                        1_002,
                                        0,
                                        Map.of())));

        assertThat(status.text(counters, SECOND)).contains("  late 1,002  dead 7  memory ");
    }

    private static Counters counters(long epoch, long decided, long in, long out) {
        return new Counters(
                0,
                epoch,
                decided,
                decided,
                List.of(
                        new StepCounters(
                                "f.in", "input", 0, Map.of("down", in), in, 0, 0, 0, 0, Map.of()),
                        new StepCounters(
                                "f.out", "output", out, Map.of(), 0, out, 0, 0, 0, Map.of())));
    }
}
