package dev.waxwing.testing.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waxwing.Dataflow;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TestSink;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a policy makes of a source whose reads fail, on any runner, whether reads block or not. */
public abstract class SourceRetrySpec extends OperatorSpec {

    private static final FailurePolicy THREE_ATTEMPTS =
            FailurePolicy.retry(3).withBackOff(Duration.ofMillis(1), Duration.ofMillis(1));

    @Test
    void sourceThatAlwaysFailsIsReadAsOftenAsThePolicySays() {
        inEachWay(
                "",
                (world, source) -> {
                    assertThat(failure(world, source, THREE_ATTEMPTS))
                            .hasMessageContaining("step 'flow.in': nextBatch of partition 'part'")
                            .hasRootCauseMessage("call 2 fails");
                    assertThat(source.calls()).isEqualTo(3);
                });
    }

    @Test
    void attemptsAreCountedAnewAfterACallThatReturned() {
        inEachWay(
                "ffiffeffiff.",
                (world, source) -> {
                    var out = new TestSink<Integer>();

                    Throwable failure = failure(world, source, THREE_ATTEMPTS, out);

                    assertThat(failure).isNull();
                    assertThat(out.committed()).containsExactly(0, 1);
                });
    }

    @Test
    void whatWasReadBeforeAFailureIsKeptAndEndsTheRow() {
        inEachWay(
                "ppppiffp.",
                (world, source) -> {
                    var out = new TestSink<Integer>();

                    Throwable failure = failure(world, source, THREE_ATTEMPTS, out);

                    assertThat(failure).isNull();
                    assertThat(out.committed()).containsExactly(0, 1, 2, 3, 4, 5);
                });
    }

    @Test
    void waitIsWaitedBeforeEachAttemptAndNotAfterTheLast() {
        inEachWay(
                "",
                (world, source) -> {
                    FailurePolicy growing =
                            FailurePolicy.retry(4)
                                    .withBackOff(Duration.ofMillis(20), Duration.ofMillis(60));

                    assertThat(failure(world, source, growing)).isNotNull();

                    List<Duration> waits = source.waits();
                    assertThat(waits).hasSize(3);
                    // The source looks at the wall clock, and runners count whole milliseconds.
                    assertThat(waits.get(0)).isGreaterThanOrEqualTo(Duration.ofMillis(18));
                    assertThat(waits.get(1)).isGreaterThanOrEqualTo(Duration.ofMillis(38));
                    assertThat(waits.get(2)).isGreaterThanOrEqualTo(Duration.ofMillis(58));
                });
    }

    private static Throwable failure(SpecWorld world, FlakySource source, FailurePolicy policy) {
        return failure(world, source, policy, new TestSink<>());
    }

    private static Throwable failure(
            SpecWorld world, FlakySource source, FailurePolicy policy, TestSink<Integer> out) {
        var flow = Dataflow.named("flow");
        flow.input("in", source).onFailure(policy).output("out", out);
        return catchThrowable(() -> world.run(flow));
    }

    private void inEachWay(String script, Check check) {
        inModes(SpecMode::isPlain, world -> check.on(world, FlakySource.plain(world, script)));
        inModes(SpecMode::isPlain, world -> check.on(world, FlakySource.blocking(world, script)));
    }

    private interface Check {
        void on(SpecWorld world, FlakySource source) throws Exception;
    }
}
