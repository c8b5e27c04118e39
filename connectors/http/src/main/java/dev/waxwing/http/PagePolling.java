package dev.waxwing.http;

import dev.waxwing.source.Poller;
import dev.waxwing.source.PollingSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Polls for pages at the times of a polling source; opened once. */
record PagePolling<T>(Duration interval, HttpOptions http, Poller<Page<T>, PollPosition> poller)
        implements PollingSource<Page<T>, PollPosition> {

    @Override
    public InstantSource clock() {
        return this::now;
    }

    @Override
    public Poller<Page<T>, PollPosition> open(@Nullable PollPosition resumeState) {
        return poller;
    }

    private Instant now() {
        try {
            return http.clock().get();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the clock of the options of HTTP failed", e);
        }
    }
}
