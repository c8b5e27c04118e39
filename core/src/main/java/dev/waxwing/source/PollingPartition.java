package dev.waxwing.source;

import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.source.PollingSource.Poller;
import dev.waxwing.source.PollingSource.RetryException;
import java.time.Instant;

/** The only partition of a {@link PollingSource}; a poll may block, so it has its own thread. */
final class PollingPartition<T, S> implements StatefulSourcePartition<T, S>, BlockingPartition {

    private final Poller<T, S> poller;
    private final PollTimes times;

    PollingPartition(Poller<T, S> poller, PollTimes times) {
        this.poller = poller;
        this.times = times;
    }

    @Override
    public SourceStatus nextBatch(SourceEmitter<? super T> out) throws Exception {
        if (!times.isDue()) {
            return SourceStatus.OPEN;
        }
        try {
            T item = poller.nextItem();
            if (item != null) {
                out.emit(item);
            }
        } catch (RetryException retry) {
            times.planAfter(retry.after());
            return SourceStatus.OPEN;
        }
        if (!poller.hasMore()) {
            times.planInterval();
        }
        return poller.isEnded() ? SourceStatus.ENDED : SourceStatus.OPEN;
    }

    @Override
    public Instant nextAwake() {
        return times.next();
    }

    @Override
    public S snapshot() {
        return poller.snapshot();
    }

    @Override
    public void close() throws Exception {
        poller.close();
    }
}
