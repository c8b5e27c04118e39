package dev.waxwing.engine.sink;

import dev.waxwing.engine.site.Closings;
import org.jspecify.annotations.Nullable;

/** A sink's link in so far as all kinds of sinks are alike: the writer does it. */
interface WriterLink extends SinkLink {

    SinkWriter<?> writer();

    @Override
    default Object caller() {
        return writer();
    }

    @Override
    default void open(int part, @Nullable Object resumeState) {
        writer().open(part, resumeState);
    }

    @Override
    default void push(@Nullable Object key, Object value) {
        writer().push(key, value);
    }

    @Override
    default boolean poll() {
        boolean any = writer().collect();
        any |= writer().writeDue();
        return any;
    }

    @Override
    default long dueMillis() {
        return writer().dueMillis();
    }

    @Override
    default boolean takesInput() {
        return writer().takesInput();
    }

    /* Nothing waits for more over the end of an epoch, or of the input. */
    @Override
    default boolean onMarkWaiting() {
        return writer().writeAll();
    }

    @Override
    default boolean takesMarks() {
        return writer().isIdle();
    }

    @Override
    default boolean isFinished() {
        return writer().isQuiet();
    }

    @Override
    default void close(Closings closings) {
        writer().close(closings);
    }
}
