package dev.waxwing.http;

import dev.waxwing.function.TypeRef;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.IdempotentPartition;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.ResettableSink;
import dev.waxwing.sink.SinkContract;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sends items to an HTTP endpoint when their epoch is decided, some to a request. Needs a recovery
 * store.
 *
 * <p>Every request has a key that names its items' places in the store's outbox. It is sent with
 * the same key and the same bytes until the endpoint has answered that it took it, also by later
 * executions. An endpoint that remembers keys so takes it once, which is the promise when {@link
 * #withKeys} says for how long it does; otherwise it is at least once.
 *
 * <p>Answers: 2xx means taken, as a whole. No answer, 408, 409, 425, 429 and 5xx are tried again,
 * as often as the step's policy says ({@link dev.waxwing.step.FailurePolicy}), with growing waits
 * or, if there is a {@code Retry-After}, after that, for up to an hour. 401, 403, 404, 405, 407 and
 * redirects are no fault of an item, so these are tried as often and then stop the execution, too.
 * Other 4xx refuse the request: it is halved, and the items that are refused by themselves become
 * dead letters; without dead letters it is not halved, unless it is too large (413), and the
 * execution stops. When the execution stops, what was decided stays in the store, and the next one
 * goes on with it.
 *
 * <p>Order is kept per writer, by one request at a time. There is one writer unless {@link
 * #withWriters} says so.
 *
 * <p>Immutable; {@code with…} methods return copies.
 *
 * @param <X> item; of a type that the state codec can handle
 */
public final class HttpSink<X> implements EpochSink<X>, ResettableSink {

    private static final long serialVersionUID = 1L;

    private final SinkOptions<X> options;

    private HttpSink(SinkOptions<X> options) {
        this.options = options;
    }

    /**
     * Posts up to 100 items a request.
     *
     * @param address of the endpoint; only its host is in messages
     */
    public static <X> HttpSink<X> post(URI address, RequestBody<? super X> body) {
        return to("POST", address, body);
    }

    /** As {@link #post}, by PUT. */
    public static <X> HttpSink<X> put(URI address, RequestBody<? super X> body) {
        return to("PUT", address, body);
    }

    private static <X> HttpSink<X> to(String method, URI address, RequestBody<? super X> body) {
        return new HttpSink<>(
                new SinkOptions<>(
                        new SinkOptions.Endpoint<>(
                                method,
                                Address.checked(address),
                                Objects.requireNonNull(body, "body must not be null")),
                        100,
                        1,
                        HttpOptions.defaults(),
                        null,
                        null));
    }

    /** How the endpoint knows again what it has taken; without, the sink promises at least once. */
    public HttpSink<X> withKeys(KeyOptions keys) {
        SinkOptions<X> o = options;
        return new HttpSink<>(
                new SinkOptions<>(
                        o.endpoint(), o.requestItems(), o.writers(), o.http(), keys, o.itemType()));
    }

    /** How requests are made. */
    public HttpSink<X> withHttp(HttpOptions http) {
        SinkOptions<X> o = options;
        return new HttpSink<>(
                new SinkOptions<>(
                        o.endpoint(), o.requestItems(), o.writers(), http, o.keys(), o.itemType()));
    }

    /**
     * How many items a request has at most, 1 or more. What is in the store stays as it was cut.
     */
    public HttpSink<X> withRequestItems(int items) {
        SinkOptions<X> o = options;
        return new HttpSink<>(
                new SinkOptions<>(
                        o.endpoint(), items, o.writers(), o.http(), o.keys(), o.itemType()));
    }

    /**
     * How many requests may be under way at a time, one a writer. In a keyed stream all items of a
     * key go to one writer, in order; without keys, those of a worker do.
     *
     * @param writers 1 or more; as for every sink, the number is recorded with the store
     */
    public HttpSink<X> withWriters(int writers) {
        SinkOptions<X> o = options;
        return new HttpSink<>(
                new SinkOptions<>(
                        o.endpoint(), o.requestItems(), writers, o.http(), o.keys(), o.itemType()));
    }

    /** The type of items, where the stream's functions do not tell it. */
    public HttpSink<X> withItemType(TypeRef<X> type) {
        SinkOptions<X> o = options;
        return new HttpSink<>(
                new SinkOptions<>(
                        o.endpoint(), o.requestItems(), o.writers(), o.http(), o.keys(), type));
    }

    /** Nothing: keys that an endpoint remembers are of an outbox, and a new store has new ones. */
    @Override
    public @Nullable String remembered(Owner owner) {
        return null;
    }

    @Override
    public void forget(Owner owner) {}

    @Override
    public List<String> listParts() {
        return IntStream.range(0, options.writers()).mapToObj(i -> "writer-" + i).toList();
    }

    @Override
    public int partFn(Object key) {
        return options.writers() == 1 ? 0 : EpochSink.super.partFn(key);
    }

    @Override
    public IdempotentPartition<X> buildPart(String stepId, String forPart) throws Exception {
        return new HttpPartition<>(stepId, forPart, options, Calls.open(options.http()));
    }

    @Override
    public @Nullable TypeRef<X> itemType() {
        return options.itemType();
    }

    @Override
    public SinkContract contract() {
        return options.keys() == null ? SinkContract.AT_LEAST_ONCE : SinkContract.IDEMPOTENT;
    }

    @Override
    public String toString() {
        return "HttpSink("
                + options.endpoint().method()
                + " "
                + Address.shown(options.endpoint().address())
                + ")";
    }
}
