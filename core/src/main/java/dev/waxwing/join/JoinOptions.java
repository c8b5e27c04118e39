package dev.waxwing.join;

import dev.waxwing.windowing.Micros;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * Which values a join keeps and when it emits rows. Rows are made of one value of each side, in
 * every combination of what is kept, the first side varying slowest; a side of which nothing is
 * kept is missing in the row.
 */
public final class JoinOptions implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Which values of a side are kept. */
    public enum Insert {
        /** The first; later ones are ignored. */
        FIRST,
        /** The last; it replaces the one before. */
        LAST,
        /** All. */
        PRODUCT
    }

    /** When rows are emitted. */
    public enum Emit {
        /** As soon as every side has a value; then what is kept is cleared. */
        COMPLETE,
        /** At the end: of the input, or of the window. */
        FINAL,
        /** With every value that comes; in windows also when two become one. */
        RUNNING
    }

    private final Insert insert;
    private final Emit emit;
    private final Duration timeToLive;

    private JoinOptions(Insert insert, Emit emit, Duration timeToLive) {
        Objects.requireNonNull(insert, "insert must not be null");
        Objects.requireNonNull(emit, "emit must not be null");
        if (timeToLive.isNegative() || timeToLive.isZero()) {
            throw new IllegalArgumentException(
                    "timeToLive must be longer than zero, but was " + timeToLive);
        }
        this.insert = insert;
        this.emit = emit;
        this.timeToLive = timeToLive;
    }

    /** Keeps state for ever. */
    public static JoinOptions of(Insert insert, Emit emit) {
        return new JoinOptions(insert, emit, Duration.ofSeconds(Long.MAX_VALUE));
    }

    /** The last value of each side, as soon as every side has one. */
    public static JoinOptions complete() {
        return of(Insert.LAST, Emit.COMPLETE);
    }

    /** The last value of each side, at the end. */
    public static JoinOptions atEnd() {
        return of(Insert.LAST, Emit.FINAL);
    }

    /** The same with state that is discarded when its key has been silent for so long. */
    public JoinOptions withTimeToLive(Duration duration) {
        return new JoinOptions(insert, emit, duration);
    }

    /** Whether state is discarded at all. */
    public boolean expires() {
        return !Micros.isForEver(Micros.of(timeToLive));
    }

    /** {@return which values of a side are kept} */
    public Insert insert() {
        return insert;
    }

    /** {@return when rows are emitted} */
    public Emit emit() {
        return emit;
    }

    /**
     * {@return after how long without a value of the key what is kept of it is discarded; the time
     * for which the dataflow was stopped does not count; a duration of more than 73,000 years means
     * never} Not for windowed joins, whose state ends with the window.
     */
    public Duration timeToLive() {
        return timeToLive;
    }
}
