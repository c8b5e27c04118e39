package dev.waxwing.embedded.link;

import dev.waxwing.StepFailedException;
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
}
