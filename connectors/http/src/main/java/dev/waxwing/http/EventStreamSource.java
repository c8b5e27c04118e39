package dev.waxwing.http;

import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.step.BackOff;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Listens to server-sent events.
 *
 * <p>The position is the id of the last event. A new connection, also that of a restart, asks by
 * {@code Last-Event-ID} for the events behind it: each is read exactly once if every event has an
 * id and the server keeps them. Events without an id, or that the server no longer has, are lost or
 * repeated at a restart. An event whose id is not printable ASCII is rejected, to the step's dead
 * letters, or the execution stops: the id could not be sent back, so the position stays before it.
 *
 * <p>A connection that ends, fails or is silent for too long is made again, after the time that the
 * server has named and growing waits. An answer of 204 ends the input for good. Any other answer
 * than an event stream is a failure, tried again as the step's policy says. Redirects are not
 * followed.
 *
 * <p>One partition, read by a thread of its own. Immutable; {@code with…} methods return copies.
 */
@SuppressWarnings("exports")
public final class EventStreamSource
        implements FixedPartitionedSource<ServerSentEvent, EventStreamPosition> {

    private static final long serialVersionUID = 1L;

    private static final String ONLY_PARTITION = "events";

    /**
     * What has been said of it; the {@code with…} methods explain each.
     *
     * @param reconnectsMax how many connections may bring nothing in a row
     */
    record Options(
            int eventBytesMax,
            Duration silenceMax,
            int reconnectsMax,
            BackOff reconnects,
            HttpOptions http)
            implements Serializable {

        static final Options DEFAULTS =
                new Options(
                        1 << 20,
                        Duration.ofMinutes(5),
                        10,
                        BackOff.of(Duration.ofSeconds(1), Duration.ofMinutes(1)),
                        HttpOptions.defaults());

        Options {
            Objects.requireNonNull(http, "http must not be null");
            Objects.requireNonNull(reconnects, "the waits must not be null");
            if (eventBytesMax < 1) {
                throw new IllegalArgumentException(
                        "eventBytesMax must be 1 or more, but was " + eventBytesMax);
            }
            if (reconnectsMax < 0) {
                throw new IllegalArgumentException(
                        "reconnectsMax must be 0 or more, but was " + reconnectsMax);
            }
            if (silenceMax.isNegative() || silenceMax.isZero()) {
                throw new IllegalArgumentException(
                        "silenceMax must be longer than zero, but was " + silenceMax);
            }
        }
    }

    private final URI address;
    private final Options options;

    private EventStreamSource(URI address, Options options) {
        this.address = address;
        this.options = options;
    }

    /**
     * Listens to a stream.
     *
     * @param address of the stream; only its host is in messages
     */
    public static EventStreamSource from(URI address) {
        return new EventStreamSource(Address.checked(address), Options.DEFAULTS);
    }

    /** How requests are made. */
    public EventStreamSource withHttp(HttpOptions http) {
        return with(
                new Options(
                        options.eventBytesMax,
                        options.silenceMax,
                        options.reconnectsMax,
                        options.reconnects,
                        http));
    }

    /**
     * How large an event may be, 1 MiB if nothing is said. A larger one is rejected: to the step's
     * dead letters, or the execution stops.
     */
    public EventStreamSource withEventBytesMax(int bytes) {
        return with(
                new Options(
                        bytes,
                        options.silenceMax,
                        options.reconnectsMax,
                        options.reconnects,
                        options.http));
    }

    /**
     * How long nothing may come, not even a comment, before a new connection is made; 5 minutes.
     */
    public EventStreamSource withSilenceMax(Duration longest) {
        return with(
                new Options(
                        options.eventBytesMax,
                        longest,
                        options.reconnectsMax,
                        options.reconnects,
                        options.http));
    }

    /**
     * How connections are made anew: 10 times with waits from a second to a minute, at random
     * within them, if nothing is said.
     *
     * @param max how many may bring no event, in a row, before that is a failure; 0 or more
     */
    public EventStreamSource withReconnects(int max, BackOff waits) {
        return with(
                new Options(options.eventBytesMax, options.silenceMax, max, waits, options.http));
    }

    private EventStreamSource with(Options changed) {
        return new EventStreamSource(address, changed);
    }

    @Override
    public List<String> listParts() {
        return List.of(ONLY_PARTITION);
    }

    @Override
    public StatefulSourcePartition<ServerSentEvent, EventStreamPosition> buildPart(
            String stepId, String forPart, @Nullable EventStreamPosition resumeState)
            throws Exception {
        return new EventStreamPartition(
                address,
                options,
                Calls.open(options.http),
                resumeState == null ? EventStreamPosition.START : resumeState);
    }

    @Override
    public String toString() {
        return "EventStreamSource(" + Address.shown(address) + ")";
    }
}
