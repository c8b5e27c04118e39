package dev.waxwing.embedded.link;

import dev.waxwing.embedded.channel.Signal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sink partition that may block, used by a thread of its own: one call at a time, whose outcome
 * the worker collects. The position is taken on that thread after each call.
 */
final class BlockingPart implements AutoCloseable {

    private final SinkPart inner;
    private final PartitionThread thread;
    private final Signal worker;
    private volatile @Nullable Outcome outcome;
    private boolean busy;
    private @Nullable Object position;

    BlockingPart(String name, SinkPart inner, Signal worker) {
        this.inner = inner;
        this.worker = worker;
        this.thread = new PartitionThread("waxwing partition " + name);
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
        thread.close(inner);
    }

    private void start(SinkLink.Forced.Action action) {
        busy = true;
        thread.run(
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
