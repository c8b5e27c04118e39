package dev.waxwing.engine.site;

import dev.waxwing.engine.delivery.Lanes;
import java.util.function.Consumer;

/**
 * Lanes that are threads.
 *
 * @param patience how long their ends are waited for
 * @param watch finds calls that do not return
 * @param failed takes what their tasks throw
 */
public record PartitionThreads(Patience patience, Watch watch, Consumer<? super Throwable> failed)
        implements Lanes {

    /** Lanes that nobody watches, whose tasks throw to the handler of uncaught exceptions. */
    public PartitionThreads(Patience patience) {
        this(
                patience,
                new Watch(),
                thrown -> {
                    Thread self = Thread.currentThread();
                    self.getUncaughtExceptionHandler().uncaughtException(self, thrown);
                });
    }

    @Override
    public PartitionThread open(String name, String stepId) {
        return new PartitionThread(name, stepId, PartitionThread.Calls.RETURN_SOON, this);
    }

    /** A lane whose calls may wait for as long as there is nothing. */
    public PartitionThread openWaiting(String name, String stepId) {
        return new PartitionThread(name, stepId, PartitionThread.Calls.MAY_WAIT, this);
    }
}
