package dev.waxwing.embedded.link;

import dev.waxwing.state.StatefulLogic;
import org.jspecify.annotations.Nullable;

/** A key of a stateful step: one object a key, beside the logic. Confined to the worker. */
final class Cell {

    final Object key;
    final int hash;

    /** Null once discarded; then the cell stays until that has been recorded. */
    @Nullable StatefulLogic<Object, Object, Object> logic;

    /** The activation, or epoch, that touched it last; compared with the state's. */
    long touch;

    /** The epoch that touched it last. */
    long dirtyEpoch;

    /** The newest epoch whose snapshot has its state. */
    long savedEpoch;

    /** Whether the store knows the key, so that its end must be recorded. */
    boolean stored;

    /** When it wants to be notified. */
    long wakeMillis = Long.MAX_VALUE;

    /** The earliest entry that the timer queue has for it. */
    long queuedMillis = Long.MAX_VALUE;

    /** The watermark that it waits for. */
    long wakeMicros = Long.MAX_VALUE;

    /** The earliest entry that the watermark queue has for it. */
    long queuedMicros = Long.MAX_VALUE;

    Cell(Object key, int hash) {
        this.key = key;
        this.hash = hash;
    }
}
