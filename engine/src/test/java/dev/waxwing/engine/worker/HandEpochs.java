package dev.waxwing.engine.worker;

import dev.waxwing.engine.site.Watched;

/** Ends no epoch: a test does. */
public final class HandEpochs implements EpochControl {

    boolean held;
    boolean stopping;

    /** How often something has flowed. */
    int touches;

    @Override
    public long announcedEpoch() {
        return 0;
    }

    @Override
    public long doneEpoch() {
        return 0;
    }

    @Override
    public boolean isHeld() {
        return held;
    }

    @Override
    public boolean isStopping() {
        return stopping;
    }

    @Override
    public void endSoon() {}

    @Override
    public void watch(Watched part) {}

    @Override
    public void report(EpochReport report) {}

    @Override
    public void ended(int index) {}

    @Override
    public void touched() {
        touches++;
    }
}
