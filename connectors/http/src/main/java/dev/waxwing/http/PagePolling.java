package dev.waxwing.http;

import dev.waxwing.source.PollingSource;
import dev.waxwing.source.PollingSource.Poller;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Polls for pages at the times of a polling source; opened once. */
record PagePolling<T>(Duration interval, HttpOptions http, Poller<Page<T>, PollPosition> poller)
        implements PollingSource<Page<T>, PollPosition> {

    @Override
    public InstantSource clock() {
        return http.waits();
    }

    @Override
    public Poller<Page<T>, PollPosition> open(@Nullable PollPosition resumeState) {
        return poller;
    }
}
