package dev.waxwing.embedded.link;

import dev.waxwing.embedded.delivery.Lanes;
import java.util.function.Consumer;

/**
 * Lanes that are threads.
 *
 * @param patience how long their ends are waited for
 * @param failed takes what their tasks throw
 */
public record PartitionThreads(Patience patience, Consumer<? super Throwable> failed)
        implements Lanes {

    /** Lanes whose tasks throw to the handler of uncaught exceptions. */
    public PartitionThreads(Patience patience) {
        this(
                patience,
                thrown -> {
                    Thread self = Thread.currentThread();
                    self.getUncaughtExceptionHandler().uncaughtException(self, thrown);
                });
    }

    @Override
    public PartitionThread open(String name) {
        return new PartitionThread(name, patience, failed);
    }
}
