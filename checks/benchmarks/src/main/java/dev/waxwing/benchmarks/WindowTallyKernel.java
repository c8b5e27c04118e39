package dev.waxwing.benchmarks;

import dev.waxwing.kernel.KeyedKernel;
import dev.waxwing.kernel.KeyedKernel.KeyedOutputs;
import dev.waxwing.kernel.StepContext;
import dev.waxwing.plan.core.SideEffect;
import dev.waxwing.windowing.WindowResult;

/** Ends a dataflow: adds the windows' sums up, by worker. */
final class WindowTallyKernel implements KeyedKernel<Long, WindowResult<Sum>, Long>, SideEffect {

    private static final long serialVersionUID = 1L;

    private final transient Run run;
    private transient Tally tally = new Tally();

    WindowTallyKernel(Run run) {
        this.run = run;
    }

    @Override
    public void open(StepContext context) {
        tally = new Tally();
    }

    @Override
    public void onItem(Long key, WindowResult<Sum> window, KeyedOutputs<Long, ? super Long> out) {
        tally.add(Sum.mark(key, window.openMicros() / 1_000, window.value().total));
    }

    @Override
    public void close() {
        run.add(tally);
    }
}
