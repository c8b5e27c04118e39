package dev.waxwing.embedded.worker;

import dev.waxwing.embedded.link.WatchedPart;

/** Ends no epoch: a test does. */
final class HandEpochs implements EpochControl {

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
        return false;
    }

    @Override
    public boolean isStopping() {
        return false;
    }

    @Override
    public void endSoon() {}

    @Override
    public void watch(WatchedPart part) {}

    @Override
    public void report(EpochReport report) {}

    @Override
    public void ended(int index) {}

    @Override
    public void touched() {}
}
