package dev.waxwing.embedded.link;

import dev.waxwing.kernel.KeyedOutputs;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.Port;
import org.jspecify.annotations.Nullable;

/**
 * One element of a chain. Items are pushed one at a time; marks go the same way and never overtake
 * them. Confined to the worker.
 *
 * <p>A link is what the step before it emits into, without anything in between: every frame between
 * two users' functions counts against the depth to which the compiler inlines.
 *
 * <p>What user code throws comes out as {@link dev.waxwing.StepFailedException} and is recorded in
 * the worker.
 */
public interface Link extends Outputs<Object>, KeyedOutputs<Object, Object> {

    /** Takes an item that is known not to be null; {@code key} is null in a stream without keys. */
    void push(@Nullable Object key, Object value);

    /** The step that emits into this link, which is at fault if it emits null. */
    StepSite feeder();

    /** The items that are available for now have been pushed. */
    void flush();

    /** The epoch ends here; a flush came just before. */
    void barrier(long epoch);

    /** No earlier timestamp will come, in microseconds since 1970, or the stream is idle. */
    void watermark(long micros);

    /** No more items will come; barriers may. */
    void end();

    @Override
    default void emit(Object item) {
        if (item == null) {
            throw feeder().nullItem();
        }
        push(null, item);
    }

    @Override
    default void emit(Object key, Object value) {
        if (value == null) {
            throw feeder().nullItem();
        }
        if (key == null) {
            throw feeder().nullKey(value);
        }
        push(key, value);
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
