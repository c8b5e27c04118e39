package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.crash;
import static dev.waxwing.testing.TestItems.endOfInput;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.Stream;
import dev.waxwing.step.ThrottleOptions;
import dev.waxwing.testing.TestSink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Specifies {@code throttle} on any runner. */
public abstract class ThrottleSpec extends OperatorSpec {

    private static final ThrottleOptions FAST = ThrottleOptions.upTo(5, Duration.ofMillis(10));

    /** Of another clock than the step goes by, where time is real. */
    private static final long CLOCKS_DIFFER_MILLIS = 2;

    @Test
    void itemsKeepTheirOrderAndNoneIsDropped() {
        given(1, 2, 3, 4, 5, 6)
                .through(numbers -> numbers.throttle("slow", FAST))
                .expect(1, 2, 3, 4, 5, 6);
    }

    @Test
    void moreItemsThanMayWaitAreHeldBack() {
        given(1, 2, 3, 4, 5, 6, 7, 8)
                .through(numbers -> numbers.throttle("slow", FAST.withBufferItems(1)))
                .expect(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void noMoreThanTheLimitGoOnInAnyLengthOfTime() {
        expectAtMostTwoInATenth(numbers -> numbers);
    }

    @Test
    void limitIsOfAllWorkersTogether() {
        expectAtMostTwoInATenth(numbers -> numbers.redistribute("spread"));
    }

    private void expectAtMostTwoInATenth(Steps<Integer, Integer> before) {
        inModes(
                SpecMode::isPlain,
                world -> {
                    List<Long> times = new CopyOnWriteArrayList<>();
                    var flow = Dataflow.named("flow");
                    Stream<Integer> numbers = flow.input("in", world.source(1, 2, 3, 4, 5));
                    before.add(numbers)
                            .throttle("slow", ThrottleOptions.upTo(2, Duration.ofMillis(100)))
                            .forEach("note", n -> times.add(world.clock().millis()));

                    long start = world.clock().millis();
                    world.run(flow);

                    assertThat(times).hasSize(5);
                    for (int i = 0; i < times.size(); i++) {
                        assertThat(times.get(i) - start)
                                .isGreaterThanOrEqualTo(i / 2 * 100L - CLOCKS_DIFFER_MILLIS);
                    }
                });
    }

    @Test
    void endOfInputComesBehindWhatWaits() {
        given(1, 2, 3, 4)
                .through(
                        numbers ->
                                numbers.throttle("slow", FAST)
                                        .keyOn("all", n -> "all")
                                        .countFinal("count")
                                        .dropKey("counts"))
                .expect(4L);
    }

    @Test
    void itemsThatWaitSurviveACrash() {
        given(1, 2, 3, crash(), 4, 5, crash(), 6)
                .through(numbers -> numbers.throttle("slow", FAST))
                .expect(1, 2, 3, 4, 5, 6);
    }

    @Test
    void nothingWaitsBehindTheEndOfInput() {
        given(1, 2, 3, endOfInput(), 4)
                .through(numbers -> numbers.throttle("slow", FAST))
                .expect(1, 2, 3, 4);
    }

    @Test
    void itemsThatWaitGoOnInOrderWhenTheNumberOfWorkersChanges() {
        int[] counts =
                runner().modes().stream().mapToInt(SpecMode::workers).distinct().sorted().toArray();
        in(
                SpecMode.plain().withSourceBatchItems(3).withRestoreAfterEachBatch(),
                world -> {
                    var out = new TestSink<Integer>();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 2, 3, 4, 5, 6, 7, 8))
                            .throttle("slow", FAST)
                            .output("out", out);

                    world.run(flow, counts);

                    assertThat(out.committed()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
                });
    }
}
