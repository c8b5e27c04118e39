package dev.waxwing.http;

import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.internal.Elapsed;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An event stream, over as many connections as it takes. Confined to the partition's thread. */
final class EventStreamPartition
        implements StatefulSourcePartition<ServerSentEvent, EventStreamPosition>,
                BlockingPartition {

    /** How long a call waits for something to come. */
    private static final Duration WAIT = Duration.ofMillis(100);

    private static final System.Logger LOG = System.getLogger(EventStreamPartition.class.getName());

    private final URI address;
    private final EventStreamSource.Options options;
    private final Calls calls;
    private final EventStreamParser parser;
    private final Elapsed elapsed;
    private @Nullable EventChunks connection;
    private @Nullable ContentDecoder decoder;
    private Duration heard = Duration.ZERO;
    private Duration connectAt = Duration.ZERO;
    private boolean connectionBroughtEvent;
    private int failures;
    private boolean ended;

    EventStreamPartition(
            URI address,
            EventStreamSource.Options options,
            Calls calls,
            EventStreamPosition position) {
        this.address = address;
        this.options = options;
        this.calls = calls;
        this.elapsed = calls.elapsed();
        this.parser = new EventStreamParser(options.eventBytesMax(), position.lastEventId());
        this.ended = position.ended();
    }

    @Override
    public SourceStatus nextBatch(SourceEmitter<? super ServerSentEvent> out) throws Exception {
        goOn(out);
        /* A call that returned would be a success; after too many connections only an event is one. */
        while (hasGivenUp() && !ended) {
            if (connection == null) {
                TimeUnit.NANOSECONDS.sleep(connectAt.minus(elapsed.get()).toNanos());
            }
            goOn(out);
        }
        return ended ? SourceStatus.ENDED : SourceStatus.OPEN;
    }

    private void goOn(SourceEmitter<? super ServerSentEvent> out) throws Exception {
        EventChunks stream = connection;
        if (stream != null) {
            read(stream, out);
        } else if (!ended && elapsed.get().compareTo(connectAt) >= 0) {
            connect();
        }
    }

    private boolean hasGivenUp() {
        return failures > options.reconnectsMax();
    }

    @Override
    public @Nullable Instant nextAwake() {
        return connection == null ? elapsed.instantAt(connectAt) : null;
    }

    @Override
    public EventStreamPosition snapshot() {
        return new EventStreamPosition(parser.lastEventId(), ended);
    }

    @Override
    public void close() throws Exception {
        disconnect();
        calls.close();
    }

    private void read(EventChunks stream, SourceEmitter<? super ServerSentEvent> out)
            throws Exception {
        byte[] bytes;
        try {
            bytes = stream.take(WAIT);
        } catch (IOException e) {
            connectLater(e, null);
            return;
        }
        if (bytes == null) {
            connectLater(null, null);
        } else if (bytes.length > 0) {
            heard = elapsed.get();
            try {
                feed(bytes, new Emitted(out));
            } catch (IOException e) {
                connectLater(e, null);
            }
        } else if (elapsed.get().minus(heard).compareTo(options.silenceMax()) > 0) {
            connectLater(new IOException("nothing came for " + options.silenceMax()), null);
        }
    }

    private void feed(byte[] bytes, Emitted out) throws IOException {
        ContentDecoder decodes = Objects.requireNonNull(decoder, "there is a connection");
        decodes.decode(
                bytes,
                piece -> {
                    parser.feed(piece, out);
                    return true;
                });
    }

    private void connect() throws Exception {
        HttpResponse<EventChunks> answer;
        try {
            answer = calls.open(address, this::prepare, head -> new EventChunks());
        } catch (IOException e) {
            connectLater(e, null);
            return;
        }
        int status = answer.statusCode();
        if (status == 200 && isEventStream(answer)) {
            decoder = decoder(answer);
            connection = answer.body();
            heard = elapsed.get();
            connectionBroughtEvent = false;
            parser.restart();
            return;
        }
        answer.body().close();
        if (status == 204) {
            ended = true;
        } else if (Verdict.of(status) == Verdict.AGAIN) {
            connectLater(
                    new IOException("it answers status " + status),
                    RetryAfter.of(answer.headers(), calls.now()));
        } else {
            throw new IOException(
                    Address.shown(address)
                            + " should answer with an event stream, but answers status "
                            + status
                            + Address.redirect(address, status, answer.headers())
                            + " and content of type '"
                            + contentType(answer)
                            + "'; correct the address or the credentials");
        }
    }

    private ContentDecoder decoder(HttpResponse<EventChunks> answer) throws IOException {
        try {
            return ContentDecoder.of(answer.headers());
        } catch (IOException e) {
            answer.body().close();
            throw new IOException(Address.shown(address) + ": " + e.getMessage(), e);
        }
    }

    private void prepare(HttpRequest.Builder request) {
        request.GET()
                .setHeader("Accept", "text/event-stream")
                .setHeader("Cache-Control", "no-store");
        if (!parser.lastEventId().isEmpty()) {
            request.setHeader("Last-Event-ID", parser.lastEventId());
        }
    }

    /* A connection that brought something may end; that is how streams are kept short. */
    private void connectLater(@Nullable Exception failure, @Nullable Duration asked)
            throws Exception {
        disconnect();
        failures = connectionBroughtEvent ? 0 : failures + 1;
        connectionBroughtEvent = false;
        if (hasGivenUp()) {
            connectAt = elapsed.get().plus(asked == null ? Duration.ZERO : asked);
            throw new IOException(
                    "the event stream of "
                            + Address.shown(address)
                            + " has brought nothing over "
                            + failures
                            + " connections"
                            + (failure == null ? "" : ": " + failure.getMessage())
                            + "; what was read is kept, start again when it answers",
                    failure);
        }
        Duration wait = jittered(options.reconnects().waitAfter(Math.max(1, failures)));
        Duration named = parser.retry();
        if (named != null && named.compareTo(wait) > 0) {
            wait = named;
        }
        if (asked != null && asked.compareTo(wait) > 0) {
            wait = asked;
        }
        connectAt = elapsed.get().plus(wait);
        LOG.log(
                System.Logger.Level.DEBUG,
                "the event stream of {0} has ended, next connection after {1}",
                Address.shown(address),
                wait);
    }

    /* At random, so that not all clients of a server that was away come back at once. */
    private static Duration jittered(Duration longest) {
        Duration bounded = longest.compareTo(RetryAfter.MAX) < 0 ? longest : RetryAfter.MAX;
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(bounded.toNanos() + 1));
    }

    private void disconnect() {
        EventChunks open = connection;
        connection = null;
        if (decoder != null) {
            decoder.close();
            decoder = null;
        }
        if (open != null) {
            open.close();
        }
    }

    private static boolean isEventStream(HttpResponse<?> answer) {
        return contentType(answer).toLowerCase(Locale.ROOT).startsWith("text/event-stream");
    }

    private static String contentType(HttpResponse<?> answer) {
        return answer.headers().firstValue("Content-Type").orElse("");
    }

    /** Hands on what has been read. */
    private final class Emitted implements EventStreamParser.Events {

        private final SourceEmitter<? super ServerSentEvent> out;

        Emitted(SourceEmitter<? super ServerSentEvent> out) {
            this.out = out;
        }

        @Override
        public void event(ServerSentEvent event) {
            brought();
            out.emit(event);
        }

        private void brought() {
            connectionBroughtEvent = true;
            failures = 0;
        }

        @Override
        public void unusableId(String id, String data) {
            brought();
            out.reject(
                    data,
                    new IllegalArgumentException(
                            "an event of "
                                    + Address.shown(address)
                                    + " has the id '"
                                    + id
                                    + "', which the JDK's client cannot send back in Last-Event-ID"
                                    + " (printable ASCII without blanks around it), so that reading"
                                    + " could not go on behind it; have the server send such ids."
                                    + " The position stays at id '"
                                    + parser.lastEventId()
                                    + "'"));
        }

        @Override
        public void malformed(String data) {
            brought();
            out.reject(
                    data,
                    new IllegalArgumentException(
                            "an event of "
                                    + Address.shown(address)
                                    + ", with id '"
                                    + parser.lastEventId()
                                    + "', has bytes that are not UTF-8, which is the only character"
                                    + " set of event streams; have the server send that"));
        }

        @Override
        public void tooLarge(String beginning) {
            brought();
            out.reject(
                    beginning,
                    new IllegalArgumentException(
                            "an event of "
                                    + Address.shown(address)
                                    + ", at id '"
                                    + parser.lastEventId()
                                    + "', has more than "
                                    + options.eventBytesMax()
                                    + " bytes, of which these are the first; allow more by"
                                    + " withEventBytesMax"));
        }
    }
}
