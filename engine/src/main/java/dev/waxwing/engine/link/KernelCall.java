package dev.waxwing.engine.link;

import dev.waxwing.engine.site.Call;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.kernel.Port;

/** A call of a kernel, and what that emits into. */
final class KernelCall extends Call implements AllOutputs {

    private final AllOutputs to;
    private final StepSite site;

    /**
     * A call that begins now, on this thread.
     *
     * @param to takes what is emitted
     * @param site of the step that emits
     */
    KernelCall(AllOutputs to, StepSite site) {
        this.to = to;
        this.site = site;
    }

    @Override
    public void emit(Object item) {
        enter(site);
        try {
            to.emit(item);
        } finally {
            leave();
        }
    }

    @Override
    public void emit(Object key, Object value) {
        enter(site);
        try {
            to.emit(key, value);
        } finally {
            leave();
        }
    }

    @Override
    public <X> void emit(Port<X> port, X item) {
        enter(site);
        try {
            to.emit(port, item);
        } finally {
            leave();
        }
    }

    @Override
    public <X> void emit(Port<X> port, Object key, X value) {
        enter(site);
        try {
            to.emit(port, key, value);
        } finally {
            leave();
        }
    }
}
