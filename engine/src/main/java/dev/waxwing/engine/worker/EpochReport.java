package dev.waxwing.engine.worker;

import dev.waxwing.engine.delivery.Work;
import dev.waxwing.engine.sink.Forced;
import java.util.List;

/**
 * What a worker says when it has dealt with an epoch.
 *
 * @param worker its index
 * @param epoch the epoch
 * @param changes what the epoch changed in this worker's state, to be encoded
 * @param forces what must be made durable before the epoch is decided
 * @param works what sinks are to commit when it is decided, and what they are done with
 * @param traffic what went over the worker's edges up to the epoch's end
 */
public record EpochReport(
        int worker,
        long epoch,
        List<PendingPages> changes,
        List<Forced> forces,
        List<Work.Reported> works,
        Traffic traffic) {}
