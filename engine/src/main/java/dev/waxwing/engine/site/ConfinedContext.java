package dev.waxwing.engine.site;

import dev.waxwing.kernel.StepContext;
import java.time.Instant;

/**
 * What users' code is given of a step's site: that of today, on the worker's thread only. What
 * never changes may be asked for anywhere.
 */
public final class ConfinedContext implements StepContext {

    private final StepSite site;

    public ConfinedContext(StepSite site) {
        this.site = site;
    }

    @Override
    public String stepId() {
        return site.stepId();
    }

    @Override
    public int workerIndex() {
        return site.workerIndex();
    }

    @Override
    public int workerCount() {
        return site.workerCount();
    }

    @Override
    public long epoch() {
        return here().epoch();
    }

    @Override
    public Instant now() {
        return here().now();
    }

    @Override
    public long nowMillis() {
        return here().nowMillis();
    }

    @Override
    public void count(String counterName, long amount) {
        here().count(counterName, amount);
    }

    /** The site, if the calling thread is the worker's. */
    public StepSite here() {
        if (!site.worker().isHere()) {
            throw site.contextElsewhere();
        }
        return site;
    }
}
