package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.waxwing.Dataflow;
import dev.waxwing.run.Execution;
import dev.waxwing.step.DataflowException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Executions as these tests need them: none of them lasts for ever. */
final class Runs {

    /** Generous: on a busy machine everything takes long. */
    static final Duration LIMIT = Duration.ofMinutes(1);

    private Runs() {}

    /** Runs to the end, whichever that is. */
    static void run(Dataflow flow, EmbeddedOptions options) throws InterruptedException {
        await(Waxwing.start(flow, options));
    }

    /** Waits for the end, whichever that is. */
    static void await(Execution execution) throws InterruptedException {
        if (!execution.await(LIMIT)) {
            execution.abort();
            throw new AssertionError(
                    "an execution has not ended within " + LIMIT + ": " + execution.counters());
        }
    }

    /** What an execution fails with. */
    static DataflowException failure(Dataflow flow, EmbeddedOptions options) {
        return failure(Waxwing.start(flow, options));
    }

    /** What an execution fails with. */
    static DataflowException failure(Execution execution) {
        return catchThrowableOfType(DataflowException.class, () -> await(execution));
    }

    /** Waits for something that another thread does. */
    static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("nothing has happened within " + LIMIT);
        }
    }
}
