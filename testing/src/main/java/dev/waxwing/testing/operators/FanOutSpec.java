package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.crash;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waxwing.Dataflow;
import dev.waxwing.sink.Sink;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TransactionalTarget;
import dev.waxwing.testing.TwoPhaseTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What {@code outputs} means on any runner. */
public abstract class FanOutSpec extends OperatorSpec {

    @Test
    void everySinkGetsEveryItemOnceWhateverItsContract() {
        inEachMode(
                world -> {
                    var written = new TestSink<Integer>();
                    var rows = new TransactionalTarget<Integer>("a");
                    var staged = new TwoPhaseTarget<Integer>("a");
                    var flow = flow(world, Map.of("file", written, "rows", rows, "parts", staged));

                    world.run(flow);

                    assertThat(written.committed()).containsExactly(1, 2, 3, 4);
                    assertThat(rows.rows()).containsExactly(1, 2, 3, 4);
                    assertThat(staged.items()).containsExactly(1, 2, 3, 4);
                });
    }

    @Test
    void valuesOfAKeyedStreamAreRoutedByEachSink() {
        inEachMode(
                world -> {
                    var written = new TestSink<Integer>();
                    var rows = new TransactionalTarget<Integer>("a", "b");
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 2, crash(), 3))
                            .keyOn("key", n -> n)
                            .outputs("all", Map.of("file", written, "rows", rows));

                    world.run(flow);

                    assertThat(written.committed()).containsExactlyInAnyOrder(1, 2, 3);
                    assertThat(rows.rows()).containsExactlyInAnyOrder(1, 2, 3);
                });
    }

    @Test
    void sinkThatIsSlowerCatchesUpAndTheOthersAreNotWrittenAgain() {
        inEachMode(
                world -> {
                    var quick = new TransactionalTarget<Integer>("a");
                    var slow = new TransactionalTarget<Integer>("a");
                    var calls = new AtomicInteger();
                    var flow =
                            flow(
                                    world,
                                    Map.of(
                                            "quick",
                                            quick,
                                            "slow",
                                            slow.withFaults(
                                                    point -> {
                                                        if (point.equals("apply.before")
                                                                && calls.incrementAndGet() % 3
                                                                        != 0) {
                                                            throw new IOException("busy");
                                                        }
                                                    })));

                    world.run(flow);

                    assertThat(quick.rows()).containsExactly(1, 2, 3, 4);
                    assertThat(slow.rows()).containsExactly(1, 2, 3, 4);
                });
    }

    @Test
    void sinksHavePoliciesOfTheirOwnAndAFailureNamesTheSink() {
        inEachMode(
                world -> {
                    var sound = new TransactionalTarget<Integer>("a");
                    var broken = new TransactionalTarget<Integer>("a").withFaults(FanOutSpec::fail);
                    var flow = Dataflow.named("flow");
                    var outputs =
                            flow.input("in", world.<Integer>source(1))
                                    .outputs("all", Map.of("sound", sound, "broken", broken));
                    Objects.requireNonNull(outputs.get("broken"))
                            .onFailure(
                                    FailurePolicy.retry(2)
                                            .withBackOff(Duration.ZERO, Duration.ZERO));

                    Throwable failure = catchThrowable(() -> world.run(flow));

                    assertThat(failure)
                            .hasMessageContaining("step 'flow.all.broken'")
                            .hasMessageContaining("partition 'a'")
                            .hasMessageContaining("out of order");
                });
    }

    @Test
    void sinksAreStepsInTheOrderOfTheirNames() {
        var flow = Dataflow.named("flow");
        var outputs =
                flow.input("in", dev.waxwing.testing.TestSource.of(1))
                        .outputs("all", Map.of("b", new TestSink<>(), "a", new TestSink<>()));

        assertThat(outputs).containsOnlyKeys("a", "b");
        assertThat(flow.plan().coreSteps())
                .extracting(dev.waxwing.plan.core.CoreStep::userStep)
                .containsExactly("flow.in", "flow.all.a", "flow.all.b");
    }

    @Test
    void noSinksAreRefused() {
        var in = Dataflow.named("flow").input("in", dev.waxwing.testing.TestSource.of(1));

        assertThatThrownBy(() -> in.outputs("all", Map.of()))
                .hasMessageContaining("name at least one");
    }

    private static void fail(String point) throws IOException {
        if (point.equals("apply.before")) {
            throw new IOException("out of order");
        }
    }

    private static Dataflow flow(SpecWorld world, Map<String, Sink<Integer>> sinks) {
        var flow = Dataflow.named("flow");
        flow.input("in", world.<Integer>source(1, 2, crash(), 3, 4))
                .outputs("all", sinks)
                .values()
                .forEach(
                        output ->
                                output.onFailure(
                                        FailurePolicy.retry(5)
                                                .withBackOff(Duration.ZERO, Duration.ZERO)));
        return flow;
    }
}
