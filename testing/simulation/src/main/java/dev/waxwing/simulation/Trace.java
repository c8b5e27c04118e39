package dev.waxwing.simulation;

import java.util.ArrayList;
import java.util.List;

/** What has happened: a number that tells two courses apart, and the newest events as text. */
final class Trace {

    private static final int KEPT = 64;
    private static final long PRIME = 0x100000001B3L;

    private final String[] whats = new String[KEPT];
    private final long[] numbers = new long[KEPT];
    private long hash = 0xCBF29CE484222325L;
    private long count;

    /** Something has happened; the text is one of few, the number tells it from its like. */
    void event(String what, long number) {
        int at = (int) (count++ % KEPT);
        whats[at] = what;
        numbers[at] = number;
        hash = ((hash ^ what.hashCode()) * PRIME ^ number) * PRIME;
    }

    /** The same for the same course of events. */
    long hash() {
        return hash;
    }

    /** The newest events, oldest first. */
    List<String> newest() {
        List<String> newest = new ArrayList<>();
        for (long i = Math.max(0, count - KEPT); i < count; i++) {
            int at = (int) (i % KEPT);
            newest.add(whats[at] + " " + numbers[at]);
        }
        return newest;
    }
}
