package dev.waxwing.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.waxwing.Dataflow;
import dev.waxwing.engine.site.Patience;
import dev.waxwing.engine.site.Watch;
import dev.waxwing.engine.worker.Clock;
import dev.waxwing.recovery.memory.MemoryDisk;
import dev.waxwing.recovery.memory.MemoryRecoveryStore;
import dev.waxwing.testing.Warnings;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A call of users' code that does not return, and what the log says of it. */
final class StuckCall implements AutoCloseable {

    private final CountDownLatch stuck = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private @Nullable EmbeddedExecution execution;

    /** Does not return until the test is over. */
    int stay(int number) {
        stuck.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return number;
    }

    /**
     * Runs a dataflow into the call.
     *
     * @return what is said when it has been under way for so long
     */
    List<String> warnings(Dataflow flow, EmbeddedOptions options, long... seconds)
            throws Exception {
        EmbeddedExecution started =
                new EmbeddedExecution(
                        flow.plan(),
                        options,
                        (path, name, store) ->
                                MemoryRecoveryStore.open(new MemoryDisk(), name, store),
                        EmbeddedExecution.BATCH_ITEMS,
                        Patience::new,
                        Clock.system());
        execution = started;
        started.start();
        Runs.await(stuck);
        return Warnings.of(
                Watch.class.getName(),
                () -> {
                    long began = System.nanoTime();
                    started.threads().look(began);
                    for (long each : seconds) {
                        started.threads().look(began + SECONDS.toNanos(each));
                    }
                });
    }

    /** Lets it return; the execution may end as it will. */
    @Override
    public void close() {
        released.countDown();
        if (execution != null) {
            execution.abort();
            execution.close();
        }
    }
}
