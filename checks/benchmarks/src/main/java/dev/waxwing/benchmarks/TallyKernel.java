package dev.waxwing.benchmarks;

import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.StepContext;
import dev.waxwing.plan.core.SideEffect;

/** Ends a dataflow: adds the items up, by worker. */
final class TallyKernel implements Kernel<Long, Long>, SideEffect {

    private static final long serialVersionUID = 1L;

    private final transient Run run;
    private transient Tally tally = new Tally();

    TallyKernel(Run run) {
        this.run = run;
    }

    @Override
    public void open(StepContext context) {
        tally = new Tally();
    }

    @Override
    public void onItem(Long item, Outputs<? super Long> out) {
        tally.add(item);
    }

    @Override
    public void close() {
        run.add(tally);
    }
}
