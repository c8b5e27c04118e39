package dev.waxwing.engine.channel;

/** What travels with the items and never overtakes them. */
public sealed interface Mark {

    /** The end of an epoch. */
    record Barrier(long epoch) implements Mark {}

    /** No earlier timestamp will come, in microseconds since 1970; {@link #IDLE} while silent. */
    record Watermark(long micros) implements Mark {

        /** The sender is idle and holds nobody's watermark. */
        public static final long IDLE = Long.MAX_VALUE;

        /** Nothing is known yet. */
        public static final long NONE = Long.MIN_VALUE;
    }

    /** No more items will come. */
    record End() implements Mark {}
}
