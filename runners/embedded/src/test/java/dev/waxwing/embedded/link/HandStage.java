package dev.waxwing.embedded.link;

import dev.waxwing.embedded.channel.Sender;
import java.util.ArrayDeque;
import java.util.Deque;

/** A stage whose epochs a test ends, and of which it runs what is deferred. */
final class HandStage implements StageSite {

    final Deque<Slice> deferred = new ArrayDeque<>();
    long epoch = 1;

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public boolean isSettling() {
        return false;
    }

    @Override
    public void defer(Slice slice) {
        deferred.add(slice);
    }

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
