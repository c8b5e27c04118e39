package dev.waxwing.benchmarks;

import dev.waxwing.kernel.KeyedKernel;
import dev.waxwing.kernel.KeyedKernel.KeyedOutputs;
import dev.waxwing.kernel.StepContext;
import dev.waxwing.plan.core.SideEffect;

/** Ends a dataflow: adds the values up, by worker. */
final class KeyedTallyKernel implements KeyedKernel<String, Long, Long>, SideEffect {

    private static final long serialVersionUID = 1L;

    private final transient Run run;
    private transient Tally tally = new Tally();

    KeyedTallyKernel(Run run) {
        this.run = run;
    }

    @Override
    public void open(StepContext context) {
        tally = new Tally();
    }

    @Override
    public void onItem(String key, Long value, KeyedOutputs<String, ? super Long> out) {
        tally.add(value);
    }

    @Override
    public void close() {
        run.add(tally);
    }
}
