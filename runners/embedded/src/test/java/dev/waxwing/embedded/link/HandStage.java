package dev.waxwing.embedded.link;

import dev.waxwing.embedded.channel.Sender;

/** A stage in its first epoch. */
final class HandStage implements StageSite {

    @Override
    public long epoch() {
        return 1;
    }

    @Override
    public boolean isSettling() {
        return false;
    }

    @Override
    public void defer(Slice slice) {}

    @Override
    public void passEnd(Runnable end) {}

    @Override
    public void gate(Sender sender) {}

    @Override
    public void poll(Polled polled) {}

    @Override
    public int laneCount() {
        return 1;
    }

    @Override
    public boolean isLaneEnded(int lane) {
        return false;
    }

    @Override
    public int lane() {
        return 0;
    }
}
