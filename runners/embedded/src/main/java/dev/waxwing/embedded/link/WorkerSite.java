package dev.waxwing.embedded.link;

import dev.waxwing.StepFailedException;
import dev.waxwing.embedded.channel.Signal;
import org.jspecify.annotations.Nullable;

/** What steps know of their worker. Confined to the worker. */
public interface WorkerSite {

    int index();

    int count();

    /** The runtime's time at the start of the activation, in milliseconds since 1970. */
    long nowMillis();

    /** Records the first failure, so that user code upstream cannot swallow it. */
    void fail(StepFailedException failure);

    /** The first failure, or null. */
    @Nullable StepFailedException failure();

    /** Something flowed, so that the epoch is not empty. */
    void touched();

    /** The last epoch before sources are read and timers fire; until then, calls are made again. */
    long settledEpoch();

    /** Whether partitions that may block get threads of their own. */
    boolean hasPartitionThreads();

    /** Wakes the worker; may be called from any thread. */
    Signal signal();
}
