package dev.waxwing.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.Fixtures;
import dev.waxwing.HandContext;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.Port;
import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.state.LogicContext;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.state.StatefulSpec;
import dev.waxwing.step.CollectOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CollectTest {

    private final List<List<Integer>> emitted = new ArrayList<>();
    private final Outputs<List<Integer>> out =
            new Outputs<>() {
                @Override
                public void emit(List<Integer> item) {
                    emitted.add(item);
                }

                @Override
                public <X> void emit(Port<X> port, X item) {
                    throw new AssertionError("collect has no side outputs");
                }
            };

    private static LogicContext<String> at(long nowMillis) {
        return new HandContext(nowMillis);
    }

    /** As a runner would build it, from the plan. */
    @SuppressWarnings("unchecked")
    private static StatefulLogic<Integer, List<Integer>, Collect.Collected<Integer>> logic(
            CollectOptions options,
            LogicContext<String> context,
            Collect.@Nullable Collected<Integer> resumeState)
            throws Exception {
        var flow = Dataflow.named("flow");
        flow.input("in", Fixtures.<Integer>source())
                .keyOn("key", n -> "a")
                .collect("collect", options)
                .output("out", Fixtures.sink());
        var operator = (CoreOperator.Stateful) flow.plan().coreSteps().get(2).operator();
        var spec =
                (StatefulSpec<String, Integer, List<Integer>, Collect.Collected<Integer>>)
                        operator.spec();
        return spec.builder().build(context, resumeState);
    }

    @Test
    void snapshotIsTheValuesAndTheDeadline() throws Exception {
        var options = CollectOptions.upTo(3, Duration.ofSeconds(10));
        var logic = logic(options, at(1_000), null);

        assertThat(logic.onItem(1, out)).isEqualTo(Retain.KEEP);

        assertThat(logic.snapshot()).isEqualTo(new Collect.Collected<>(List.of(1), 11_000));
    }

    @Test
    void snapshotIsNotChangedByLaterValues() throws Exception {
        var options = CollectOptions.upTo(3, Duration.ofSeconds(10));
        var logic = logic(options, at(1_000), null);
        logic.onItem(1, out);
        var snapshot = logic.snapshot();

        logic.onItem(2, out);

        assertThat(snapshot.values()).containsExactly(1);
    }

    @Test
    void resumedListKeepsItsDeadline() throws Exception {
        var options = CollectOptions.upTo(2, Duration.ofSeconds(10));
        var logic = logic(options, at(50_000), new Collect.Collected<>(List.of(1), 11_000));

        assertThat(logic.notifyAtMillis()).isEqualTo(11_000);
        assertThat(logic.onItem(2, out)).isEqualTo(Retain.DISCARD);
        assertThat(emitted).containsExactly(List.of(1, 2));
    }

    @Test
    void listThatWasStoredWhenListsWereLongerIsCut() throws Exception {
        var options = CollectOptions.upTo(2, Duration.ofSeconds(10));
        var logic = logic(options, at(5_000), new Collect.Collected<>(List.of(1, 2, 3, 4), 11_000));

        assertThat(logic.onItem(5, out)).isEqualTo(Retain.DISCARD);

        assertThat(emitted).containsExactly(List.of(1, 2), List.of(3, 4), List.of(5));
    }

    @Test
    void timeoutForEverDoesNotOverflow() throws Exception {
        var options = CollectOptions.upTo(2, Duration.ofSeconds(Long.MAX_VALUE));
        var logic = logic(options, at(1_000), null);

        logic.onItem(1, out);

        assertThat(logic.notifyAtMillis()).isEqualTo(Long.MAX_VALUE);
    }
}
