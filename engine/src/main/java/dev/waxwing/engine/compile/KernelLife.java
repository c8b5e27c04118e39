package dev.waxwing.engine.compile;

import dev.waxwing.engine.site.Closings;
import dev.waxwing.engine.site.ConfinedContext;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.engine.worker.Worker;
import dev.waxwing.kernel.Lifecycle;

/** Opens a kernel with its worker, and closes it if it was opened. */
final class KernelLife implements Worker.StepLife {

    private final Lifecycle kernel;
    private final StepSite site;
    private boolean opened;

    KernelLife(Lifecycle kernel, StepSite site) {
        this.kernel = kernel;
        this.site = site;
    }

    @Override
    public void open() {
        try {
            site.opened("open", this::openKernel);
        } catch (Throwable thrown) {
            throw site.failed("open", null, thrown);
        }
        opened = true;
    }

    private Lifecycle openKernel() throws Exception {
        kernel.open(new ConfinedContext(site));
        return kernel;
    }

    @Override
    public void close(Closings closings) {
        if (opened) {
            closings.close(site, "close", kernel);
        }
    }
}
