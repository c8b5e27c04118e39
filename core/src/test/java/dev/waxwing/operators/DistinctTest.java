package dev.waxwing.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.Fixtures;
import dev.waxwing.HandContext;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.Port;
import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.state.StatefulSpec;
import dev.waxwing.step.StateOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DistinctTest {

    private final HandContext context = new HandContext();
    private final List<Integer> emitted = new ArrayList<>();
    private final Outputs<Integer> out =
            new Outputs<>() {
                @Override
                public void emit(Integer item) {
                    emitted.add(item);
                }

                @Override
                public <X> void emit(Port<X> port, X item) {
                    throw new AssertionError("distinct has no side outputs");
                }
            };

    @Test
    void valueThatIsDroppedEndsTheSilence() throws Exception {
        var logic = logic(StateOptions.expireAfter(Duration.ofSeconds(10)));

        logic.onItem(1, out);
        context.advance(Duration.ofSeconds(9));
        logic.onItem(2, out);
        context.advance(Duration.ofSeconds(9));

        assertThat(logic.notifyAtMillis()).isEqualTo(context.nowMillis() + 1_000);
        assertThat(logic.onNotify(out)).isEqualTo(Retain.KEEP);
        context.advance(Duration.ofSeconds(1));
        assertThat(logic.onNotify(out)).isEqualTo(Retain.DISCARD);
        assertThat(emitted).containsExactly(1);
    }

    /** As a runner would build it, from the plan. */
    @SuppressWarnings("unchecked")
    private StatefulLogic<Integer, Integer, ?> logic(StateOptions options) throws Exception {
        var flow = Dataflow.named("flow");
        flow.input("in", Fixtures.<Integer>source())
                .distinct("distinct", n -> "a", options)
                .output("out", Fixtures.sink());
        var operator = (CoreOperator.Stateful) flow.plan().coreSteps().get(2).operator();
        return ((StatefulSpec<String, Integer, Integer, ?>) operator.spec())
                .builder()
                .build(context, null);
    }
}
