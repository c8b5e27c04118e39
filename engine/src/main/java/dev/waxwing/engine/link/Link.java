package dev.waxwing.engine.link;

import dev.waxwing.engine.site.StageSite;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.kernel.Port;
import org.jspecify.annotations.Nullable;

/**
 * One element of a chain. Items are pushed one at a time; marks go the same way and never overtake
 * them. Confined to the worker.
 *
 * <p>A link may hold items until the activation ends, which {@link #flush} says. So whoever makes a
 * mark, or has held one back, flushes before it passes the mark on; a link that only passes marks
 * on does nothing, as it has just been flushed itself. A link that holds items for longer, such as
 * one whose calls complete elsewhere, holds the marks behind them, too.
 *
 * <p>An item belongs to a lane of its stage, for a source partition or whatever else feeds it, and
 * keeps it. Whoever passes on what was held says of which lane it is ({@link StageSite#lane(int)},
 * {@link StageSite#release}).
 *
 * <p>A link is what the step before it emits into, without anything in between: every frame between
 * two users' functions counts against the depth to which the compiler inlines.
 *
 * <p>What user code throws comes out as {@link dev.waxwing.step.StepFailedException} and is
 * recorded in the worker. So does whatever else an emit throws, as for want of memory: the emitting
 * code is a user's and may swallow it, and the item would be lost.
 */
public interface Link extends AllOutputs {

    /** Takes an item that is known not to be null; {@code key} is null in a stream without keys. */
    void push(@Nullable Object key, Object value);

    /** The step that emits into this link, which is at fault if it emits null. */
    StepSite feeder();

    /** The items that are available for now have been pushed. */
    void flush();

    /** The epoch ends here; a flush came just before. */
    void barrier(long epoch);

    /**
     * No earlier timestamp will come, in microseconds since 1970, or nobody has to be waited for
     * until the next; a flush came just before.
     */
    void watermark(long micros);

    /** No more items will come; barriers may. A flush came just before. */
    void end();

    @Override
    default void emit(Object item) {
        if (item == null) {
            throw feeder().nullItem();
        }
        try {
            push(null, item);
        } catch (Throwable thrown) {
            throw feeder().notTaken(thrown);
        }
    }

    @Override
    default void emit(Object key, Object value) {
        if (value == null) {
            throw feeder().nullItem();
        }
        if (key == null) {
            throw feeder().nullKey(value);
        }
        try {
            push(key, value);
        } catch (Throwable thrown) {
            throw feeder().notTaken(thrown);
        }
    }

    @Override
    default <X> void emit(Port<X> port, X item) {
        throw feeder().failed(
                        "has no side output '"
                                + port.name()
                                + "'; declare it when the step is made");
    }

    @Override
    default <X> void emit(Port<X> port, Object key, X value) {
        emit(port, value);
    }
}
