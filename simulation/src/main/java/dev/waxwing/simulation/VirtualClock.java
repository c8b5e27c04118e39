package dev.waxwing.simulation;

import dev.waxwing.embedded.worker.Clock;
import dev.waxwing.testing.ManualClock;

/** The world's time as the engine sees it. */
record VirtualClock(ManualClock manual) implements Clock {

    @Override
    public long millis() {
        return manual.millis();
    }

    @Override
    public boolean isVirtual() {
        return true;
    }
}
