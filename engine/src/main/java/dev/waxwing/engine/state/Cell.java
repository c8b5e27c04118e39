package dev.waxwing.engine.state;

import dev.waxwing.engine.site.Boxed;
import dev.waxwing.engine.site.StageSite;
import dev.waxwing.state.StatefulLogic;
import org.jspecify.annotations.Nullable;

/** A key of a stateful step: one object a key, beside the logic. Confined to the worker. */
class Cell {

    /*
     * With very many keys an item costs as much as the lines of memory that it has to fetch (benchmark W3): what each item
     * looks at is here, in one line's length, and what fewer do is in objects of its own, if it is needed at all.
     */
    final int hash;

    /** The key, taken apart: a key that is a number is no object of its own. */
    final long bits;

    final Object rest;

    /** Null once discarded; then the cell stays until that has been recorded. */
    @Nullable StatefulLogic<Object, Object, Object> logic;

    /** The activation, or epoch, that touched it last; compared with the state's. */
    long touch;

    /** The watermark that it waits for. */
    long wakeMicros = Long.MAX_VALUE;

    /** Where it stands in the watermark queue, and at which place; null if it does not. */
    WatermarkQueue.@Nullable Entries queuedIn;

    int place;

    /** Null until a logic of the key wants to be notified at some time. */
    @Nullable Alarm alarm;

    /** Null unless changes are recorded. */
    @Nullable Recorded recorded;

    Cell(long bits, Object rest, int hash) {
        this.bits = bits;
        this.rest = rest;
        this.hash = hash;
    }

    Object key() {
        return Boxed.of(bits, rest);
    }

    /**
     * A cell that remembers the lane of the key's last item, which is that of what it emits later.
     */
    static final class OfLane extends Cell {

        int lane = StageSite.NO_LANE;

        OfLane(long bits, Object rest, int hash) {
            super(bits, rest, hash);
        }
    }

    /** What the timer queue knows of a cell. */
    static final class Alarm {

        /** When it wants to be notified. */
        long wakeMillis = Long.MAX_VALUE;

        /** Its place in the queue, or {@link TimerQueue#NONE}. */
        int place = TimerQueue.NONE;
    }

    /** What of a cell is in the recovery store. */
    static final class Recorded {

        /** The saved epoch of a cell whose key has gone before the store knew it. */
        static final long NEVER_TO_BE_SAVED = Long.MAX_VALUE;

        /** The epoch that touched it last. */
        long dirtyEpoch;

        /** The newest epoch whose snapshot has its state. */
        long savedEpoch;

        /** Whether the store knows the key, so that its end must be recorded. */
        boolean stored;
    }
}
