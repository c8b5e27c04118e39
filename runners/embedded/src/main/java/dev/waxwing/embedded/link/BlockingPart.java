package dev.waxwing.embedded.link;

import dev.waxwing.embedded.channel.Signal;
import dev.waxwing.embedded.delivery.Lane;
import dev.waxwing.embedded.delivery.Work;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sink partition that may block, used on a lane of its own: one call at a time, whose outcome the
 * worker collects. The position is taken on that lane after each call.
 */
final class BlockingPart implements AutoCloseable {

    private final SinkPart inner;
    private final Lane lane;
    private final Signal worker;
    private volatile @Nullable Outcome outcome;

    /* Published by the outcome. */
    private @Nullable Work prepared;
    private boolean busy;
    private @Nullable Object position;

    BlockingPart(Lane lane, SinkPart inner, Signal worker) {
        this.lane = lane;
        this.inner = inner;
        this.worker = worker;
    }

    /** Whether a call has been started whose outcome has not been collected. */
    boolean isBusy() {
        return busy;
    }

    /** Whether the outcome of the call is there. */
    boolean isReady() {
        return outcome != null;
    }

    /** Starts to write; the list must not change until the outcome is collected. */
    void write(List<Object> items) {
        start(() -> inner.write(items));
    }

    void onEndOfInput() {
        start(inner::onEndOfInput);
    }

    /** Starts to prepare what was written in an epoch. */
    void prepare(long epoch, long nowMillis) {
        start(() -> prepared = inner.prepare(epoch, nowMillis));
    }

    /** What the last preparation has come to, null if nothing was written; to be asked once. */
    @Nullable Work prepared() {
        Work taken = prepared;
        prepared = null;
        return taken;
    }

    /** Ends the call; returns what it threw, or null. */
    @Nullable Throwable collect() {
        Outcome collected = java.util.Objects.requireNonNull(outcome);
        outcome = null;
        busy = false;
        if (collected.failure == null) {
            position = collected.position;
        }
        return collected.failure;
    }

    /** The position after the last call that succeeded. */
    @Nullable Object position() {
        return position;
    }

    @Override
    public void close() throws Exception {
        lane.close(inner, inner::unblock);
    }

    private void start(Forced.Action action) {
        busy = true;
        lane.run(
                () -> {
                    Throwable failure = null;
                    Object after = null;
                    try {
                        action.run();
                        after = inner.snapshot();
                    } catch (Throwable thrown) {
                        failure = thrown;
                    }
                    outcome = new Outcome(after, failure);
                    worker.wake();
                });
    }

    private record Outcome(@Nullable Object position, @Nullable Throwable failure) {}
}
