package dev.waxwing;

import dev.waxwing.join.Sided;

/**
 * The two streams of an interval join, and a handle to say more of the step, in the form of {@link
 * WindowOut}.
 *
 * @param <K> key
 * @param <R> row
 */
public final class JoinOut<K, R> {

    private final KeyedStream<K, R> down;
    private final KeyedStream<K, Sided> late;

    public JoinOut(KeyedStream<K, R> down, KeyedStream<K, Sided> late) {
        this.down = down;
        this.late = late;
    }

    /** Rows, as soon as both values are there. */
    public KeyedStream<K, R> down() {
        return down;
    }

    /** Values that came too late to be joined. */
    public KeyedStream<K, Sided> late() {
        return late;
    }

    /** Says under which name the step's state was kept before it was renamed. */
    public JoinOut<K, R> formerly(String formerName) {
        down.formerly(formerName);
        return this;
    }
}
