package dev.waxwing.engine.sink;

import dev.waxwing.engine.site.StepSite;

/** Calls that end before {@link #start} returns. */
final class WorkerCalls implements SinkCalls {

    private final SinkPart part;
    private final StepSite site;

    WorkerCalls(SinkPart part, StepSite site) {
        this.part = part;
        this.site = site;
    }

    @Override
    public void start(SinkCall call) {
        Throwable failure = null;
        StepSite before = site.worker().calls(site);
        try {
            call.action().run();
        } catch (Throwable thrown) {
            failure = thrown;
        }
        site.worker().calls(before);
        call.end().ended(failure);
    }

    @Override
    public boolean isBusy() {
        return false;
    }

    @Override
    public boolean isReady() {
        return false;
    }

    @Override
    public void collect() {
        throw new IllegalStateException("a call on the worker has ended when it was started");
    }

    @Override
    public void await() {}

    @Override
    public boolean areOnWorker() {
        return true;
    }

    @Override
    public void close() throws Exception {
        part.close();
    }
}
