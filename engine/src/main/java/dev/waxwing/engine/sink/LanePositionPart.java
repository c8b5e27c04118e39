package dev.waxwing.engine.sink;

import dev.waxwing.engine.site.StepSite;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A partition on a lane, whose position is taken there after each call, also after one that has
 * failed: some of a batch may have been written.
 */
final class LanePositionPart implements PositionPart {

    private final PositionPart part;

    /* Written on the lane, read by the worker when it has collected the call: see LaneCalls. */
    private @Nullable Position position;

    LanePositionPart(PositionPart part) {
        this.part = part;
    }

    @Override
    public SinkCalls calls(StepSite site) {
        return part.calls(site);
    }

    @Override
    public void write(List<Object> items) throws Exception {
        try {
            part.write(items);
        } finally {
            position = Position.of(part);
        }
    }

    @Override
    public void onEndOfInput() throws Exception {
        try {
            part.onEndOfInput();
        } finally {
            position = Position.of(part);
        }
    }

    /** The position after the last call, of which there must have been one. */
    @Override
    public Object snapshot() throws Exception {
        return Objects.requireNonNull(position, "the partition was called").get();
    }

    @Override
    public void force() throws Exception {
        part.force();
    }

    @Override
    public void check() throws Exception {
        part.check();
    }

    @Override
    public void onDecided(Object decided) throws Exception {
        part.onDecided(decided);
    }

    @Override
    public void unblock() {
        part.unblock();
    }

    @Override
    public void close() throws Exception {
        part.close();
    }

    /** The partition's answer when it was asked for its position. */
    private sealed interface Position {

        Object get() throws Exception;

        static Position of(PositionPart part) {
            try {
                return new Known(part.snapshot());
            } catch (Throwable thrown) {
                return new Unknown(thrown);
            }
        }
    }

    private record Known(Object get) implements Position {}

    private record Unknown(Throwable why) implements Position {

        @Override
        public Object get() throws Exception {
            if (why instanceof Error error) {
                throw error;
            }
            throw (Exception) why;
        }
    }
}
