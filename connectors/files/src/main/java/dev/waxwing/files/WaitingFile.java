package dev.waxwing.files;

import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file that is open only while it is read, from its first batch to its end. Before and after, it
 * costs its name and position.
 *
 * @param <T> what is read of it
 * @param <S> position
 */
final class WaitingFile<T, S> implements StatefulSourcePartition<T, S> {

    private final OpenLimit limit;
    private final Opening<T, S> opening;
    private S position;
    private @Nullable StatefulSourcePartition<T, S> open;
    private OpenLimit.@Nullable Turns turns;
    private boolean isWaiting = true;

    /** {@code position} is where it begins. */
    WaitingFile(S position, OpenLimit limit, Opening<T, S> opening) {
        this.position = position;
        this.limit = limit;
        this.opening = opening;
    }

    /** Opens the file, and goes to the position. */
    @FunctionalInterface
    interface Opening<T, S> {

        /** Returns null if the file is to be left out. */
        @Nullable StatefulSourcePartition<T, S> at(S position) throws IOException;
    }

    @Override
    public SourceStatus nextBatch(SourceEmitter<? super T> out) throws Exception {
        StatefulSourcePartition<T, S> from = open;
        if (from == null) {
            OpenLimit.Turns own = limit.ofThisThread();
            if (!own.tryTake()) {
                return SourceStatus.OPEN;
            }
            turns = own;
            isWaiting = false;
            try {
                from = opening.at(position);
                open = from;
            } finally {
                if (open == null) {
                    giveBack();
                }
            }
            if (from == null) {
                return SourceStatus.ENDED;
            }
        }
        SourceStatus status = from.nextBatch(out);
        if (status == SourceStatus.ENDED) {
            position = from.snapshot();
            close();
        }
        return status;
    }

    /* Otherwise the stream's time would pass over files that nobody has read, and their items be late. */
    @Override
    public boolean isWaiting() {
        return isWaiting;
    }

    @Override
    public @Nullable Instant nextAwake() {
        return open == null ? null : open.nextAwake();
    }

    @Override
    public S snapshot() {
        return open == null ? position : open.snapshot();
    }

    @Override
    public void close() throws Exception {
        StatefulSourcePartition<T, S> closing = open;
        open = null;
        if (closing != null) {
            giveBack();
            closing.close();
        }
    }

    private void giveBack() {
        if (turns != null) {
            turns.giveBack();
            turns = null;
        }
    }
}
