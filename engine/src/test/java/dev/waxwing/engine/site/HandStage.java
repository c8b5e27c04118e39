package dev.waxwing.engine.site;

import dev.waxwing.engine.channel.Budget;
import dev.waxwing.engine.channel.Sender;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A stage whose epochs and lanes a test makes, and of which it runs what is deferred. */
public final class HandStage implements StageSite {

    public final Deque<Slice> deferred = new ArrayDeque<>();
    public final List<Integer> held = new ArrayList<>();
    public long epoch = 1;
    public int lane;
    public boolean tellsLanes;
    public boolean settling;
    public boolean endsByLane;

    /** Until when its one lane was silent. */
    public long silentMillis = Long.MIN_VALUE;

    /** Whether its one lane has ended. */
    public boolean laneEnded;

    public Budget budget = Budget.unlimited();

    /** Ends of the input that wait to be passed on. */
    public final List<Runnable> ends = new ArrayList<>();

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public boolean isSettling() {
        return settling;
    }

    @Override
    public void defer(Slice slice) {
        deferred.add(slice);
    }

    @Override
    public void passEnd(Runnable end) {
        ends.add(end);
    }

    @Override
    public void gate(Sender sender) {}

    @Override
    public Budget budget() {
        return budget;
    }

    @Override
    public void poll(Polled polled) {}

    @Override
    public int laneCount() {
        return 1;
    }

    @Override
    public boolean isLaneEnded(int lane) {
        return laneEnded;
    }

    @Override
    public long silentMillis(int lane) {
        return silentMillis;
    }

    @Override
    public int lane() {
        return lane;
    }

    @Override
    public void lane(int next) {
        lane = next;
    }

    @Override
    public void passAs(int other, Runnable flush, Runnable items) {
        int before = lane;
        lane = other;
        items.run();
        lane = before;
    }

    @Override
    public void hold(int ofLane) {
        held.add(ofLane);
    }

    @Override
    public void release(int ofLane) {
        letGo(ofLane);
        lane = ofLane;
    }

    @Override
    public void letGo(int ofLane) {
        held.remove((Integer) ofLane);
    }

    @Override
    public boolean isHolding(int ofLane) {
        return held.contains(ofLane);
    }

    @Override
    public void tellLanes() {}

    @Override
    public boolean tellsLanes() {
        return tellsLanes;
    }

    @Override
    public void endActivationsByLane() {
        endsByLane = true;
    }
}
