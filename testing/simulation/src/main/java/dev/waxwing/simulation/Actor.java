package dev.waxwing.simulation;

import dev.waxwing.engine.channel.Signal;

/** Somebody who takes steps: a worker or the coordinator. */
final class Actor implements Signal {

    private final String name;
    private final int number;
    private final Turn turn;
    private long dueMillis = Long.MIN_VALUE;
    private int passedOver;
    private boolean left;

    /* Written by whatever completes calls of users, which may be threads of their own. */
    private volatile boolean woken;

    /** A step; returns when the next is due. */
    interface Turn {
        long step() throws Exception;
    }

    Actor(String name, int number, Turn turn) {
        this.name = name;
        this.number = number;
        this.turn = turn;
    }

    String name() {
        return name;
    }

    int number() {
        return number;
    }

    @Override
    public void wake() {
        woken = true;
    }

    boolean isRunnable(long nowMillis) {
        return woken || dueMillis <= nowMillis;
    }

    long dueMillis() {
        return dueMillis;
    }

    /** Lets others go first so many times. */
    void starve(int times) {
        passedOver = times;
    }

    /** Whether it is to be passed over this time. */
    boolean passOver() {
        if (passedOver == 0) {
            return false;
        }
        passedOver--;
        return true;
    }

    /** It has failed and takes no more steps. */
    void leave() {
        left = true;
    }

    boolean hasLeft() {
        return left;
    }

    void step() throws Exception {
        woken = false;
        dueMillis = turn.step();
    }
}
