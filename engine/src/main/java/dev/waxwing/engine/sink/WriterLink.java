package dev.waxwing.engine.sink;

import dev.waxwing.engine.site.Closings;
import dev.waxwing.engine.site.StepSite;
import org.jspecify.annotations.Nullable;

/**
 * A sink's link in so far as all kinds of sinks are alike: the writer does it.
 *
 * @param <P> kind of the partitions
 */
abstract class WriterLink<P extends SinkPart> implements SinkLink {

    final SinkWriter<P> writer;
    private final StepSite feeder;

    WriterLink(SinkWriter<P> writer, StepSite feeder) {
        this.writer = writer;
        this.feeder = feeder;
    }

    @Override
    public final StepSite feeder() {
        return feeder;
    }

    @Override
    public final Object caller() {
        return writer;
    }

    @Override
    public final void open(int part, @Nullable Object resumeState) {
        writer.open(part, resumeState);
    }

    @Override
    public final void push(@Nullable Object key, Object value) {
        writer.push(key, value);
    }

    @Override
    public boolean poll() {
        boolean any = writer.collect();
        any |= writer.writeDue();
        return any;
    }

    @Override
    public final long dueMillis() {
        return writer.dueMillis();
    }

    @Override
    public final boolean takesInput() {
        return writer.takesInput();
    }

    /* Nothing waits for more over the end of an epoch, or of the input. */
    @Override
    public final boolean onMarkWaiting() {
        return writer.writeAll();
    }

    @Override
    public final boolean takesMarks() {
        return writer.isIdle();
    }

    @Override
    public boolean isFinished() {
        return writer.isQuiet();
    }

    @Override
    public final void close(Closings closings) {
        writer.close(closings);
    }
}
