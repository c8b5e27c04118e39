package dev.waxwing.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.Fixtures;
import dev.waxwing.HandContext;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.Port;
import dev.waxwing.plan.core.CoreOperator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LimitTest {

    private final List<Integer> emitted = new ArrayList<>();
    private final Outputs<Integer> out =
            new Outputs<>() {
                @Override
                public void emit(Integer item) {
                    emitted.add(item);
                }

                @Override
                public <X> void emit(Port<X> port, X item) {
                    throw new AssertionError("limit has no side outputs");
                }
            };

    @Test
    void workerSendsNoMoreThanCouldBeKept() throws Exception {
        var kernel = kernelOfLimit(2);
        kernel.open(new HandContext());

        for (int i = 0; i < 5; i++) {
            kernel.onItem(i, out);
        }

        assertThat(emitted).containsExactly(0, 1);
    }

    @Test
    void workerCountsAnewWhenItIsOpened() throws Exception {
        var kernel = kernelOfLimit(1);
        kernel.open(new HandContext());
        kernel.onItem(1, out);
        kernel.open(new HandContext());
        kernel.onItem(2, out);

        assertThat(emitted).containsExactly(1, 2);
    }

    @Test
    void limitOfNothingIsRefused() {
        var items = Dataflow.named("flow").input("in", Fixtures.<Integer>source());
        var keyed = items.keyOn("key", n -> n);

        assertThatThrownBy(() -> items.limit("none", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("itemsMax must be 1 or more, but was 0");
        assertThatThrownBy(() -> keyed.limit("none", -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("valuesMax must be 1 or more, but was -1");
    }

    /** What each worker does, from the plan. */
    @SuppressWarnings("unchecked")
    private static Kernel<Integer, Integer> kernelOfLimit(long itemsMax) {
        var flow = Dataflow.named("flow");
        flow.input("in", Fixtures.<Integer>source())
                .limit("few", itemsMax)
                .output("out", Fixtures.sink());
        var operator = (CoreOperator.Transform) flow.plan().coreSteps().get(1).operator();
        return (Kernel<Integer, Integer>) operator.kernel();
    }
}
