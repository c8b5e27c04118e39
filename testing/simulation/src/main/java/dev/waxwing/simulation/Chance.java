package dev.waxwing.simulation;

import java.util.List;

/**
 * Decisions that follow from a seed alone, on every machine. Confined to the simulation's thread.
 */
public final class Chance {

    /* SplitMix64 (Steele, Lea, Flood 2014); written out, so that no other JDK changes what a seed does. */
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private long state;

    /** The same seed makes the same decisions. */
    public Chance(long seed) {
        state = mix(seed);
    }

    /** Any number. */
    public long bits() {
        state += STEP;
        return mix(state);
    }

    /** A number from 0 to {@code bound - 1}. */
    public int below(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound must be 1 or more, but was " + bound);
        }
        return (int) Long.remainderUnsigned(bits(), bound);
    }

    /** A number from {@code least} to {@code most}, both included. */
    public int between(int least, int most) {
        return least + below(most - least + 1);
    }

    /** True once in {@code times}; never if that is 0. */
    public boolean oneIn(int times) {
        return times > 0 && below(times) == 0;
    }

    /** One of several, each as likely. */
    public <T> T oneOf(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /** One of several, each as likely. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final <T> T oneOf(T... choices) {
        return choices[below(choices.length)];
    }

    /** Decisions of their own, which leave those made here as they are. */
    public Chance fork() {
        return new Chance(bits());
    }

    private static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
