package dev.waxwing.http;

import dev.waxwing.sink.IdempotentPartition;
import dev.waxwing.sink.IdempotentPartition.OutboxBatch;
import dev.waxwing.sink.Outcome;
import dev.waxwing.sink.RejectedItemsException;
import dev.waxwing.step.DeliveryException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sends the batches of one writer, a request each. Confined to the partition's lane. */
final class HttpPartition<X> implements IdempotentPartition<X> {

    /*
     * A request that is refused is halved until the refused items are alone, if they then become dead letters; if
     * not, the execution stops, and the whole request may be taken another time, so that no half of it may be
     * taken now. One that is too large is halved in any case, for it is not cut anew. The halves are requests with
     * keys of their own, made of their items' places in the outbox, so that they are the same whoever halves again
     * after a crash. What has come of the requests of a batch is remembered until the next batch begins, so
     * that a retry repeats no more than it has to; a crash forgets it, and repeats them all, in the same order.
     *
     * Waiting is left to the runner: one attempt a call.
     */
    private static final int REPLY_BYTES_MAX = 16 << 10;
    private static final String KEY_HEADER = "Idempotency-Key";
    private static final int TOO_LARGE = 413;

    private final String stepId;
    private final String part;
    private final SinkOptions<X> options;
    private final Calls calls;
    private final Map<String, Request> requests = new HashMap<>();
    private String batchId = "";

    HttpPartition(String stepId, String part, SinkOptions<X> options, Calls calls) {
        this.stepId = stepId;
        this.part = part;
        this.options = options;
        this.calls = calls;
    }

    @Override
    public int batchItemsMax() {
        return options.requestItems();
    }

    @Override
    public Outcome send(OutboxBatch<X> batch) throws Exception {
        if (!batch.id().equals(batchId)) {
            batchId = batch.id();
            requests.clear();
        }
        Map<Integer, String> refused = new TreeMap<>();
        try {
            send(batch, 0, refused);
        } catch (AskedToWaitException asked) {
            return Outcome.retry(asked.after());
        }
        if (!refused.isEmpty()) {
            throw new RejectedItemsException(refused);
        }
        return Outcome.committed();
    }

    @Override
    public void close() throws Exception {
        calls.close();
    }

    /* Some items of a batch, the first of them at this index of it. */
    private void send(OutboxBatch<X> items, int offset, Map<Integer, String> refused)
            throws Exception {
        Request request = requests.computeIfAbsent(items.id(), id -> new Request());
        if (!request.settled) {
            settle(items, request);
        }
        String why = request.refused;
        if (why == null) {
            return;
        }
        int count = items.items().size();
        if (count == 1 || request.isWhole || !(items.hasDeadLetters() || request.isTooLarge)) {
            for (int i = 0; i < count; i++) {
                refused.put(offset + i, why);
            }
            return;
        }
        int half = count / 2;
        send(slice(items, 0, half), offset, refused);
        send(slice(items, half, count), offset + half, refused);
    }

    private void settle(OutboxBatch<X> items, Request request) throws Exception {
        byte[] body = request.body;
        if (body == null) {
            try {
                body = encoded(items);
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                request.refuse("cannot be written as a body: " + e);
                return;
            }
            request.body = body;
        }
        KeyOptions keys = options.keys();
        if (keys != null && isExpired(items, keys) && keys.onExpired() != OnExpiredKey.SEND_AGAIN) {
            expired(items, keys, request);
            return;
        }
        post(items, body, request);
    }

    private void post(OutboxBatch<X> items, byte[] body, Request request) throws Exception {
        String header = options.keys() == null ? KEY_HEADER : options.keys().header();
        Calls.Exchange exchange =
                calls.make(
                        options.endpoint().address(),
                        builder ->
                                builder.method(
                                                options.endpoint().method(),
                                                HttpRequest.BodyPublishers.ofByteArray(body))
                                        .setHeader(
                                                "Content-Type",
                                                options.endpoint().body().contentType())
                                        .setHeader(header, key(items)),
                        REPLY_BYTES_MAX);
        switch (Verdict.of(exchange.reply().status())) {
            case TAKEN -> request.take();
            case REFUSED -> {
                request.isTooLarge = exchange.reply().status() == TOO_LARGE;
                request.refuse(
                        (request.isTooLarge
                                        ? "a body of " + body.length + " bytes is too large: "
                                        : "")
                                + "the endpoint answers "
                                + exchange.shown());
            }
            case AGAIN -> {
                Duration after = RetryAfter.of(exchange.reply().headers(), calls.now());
                if (after != null && !after.isZero()) {
                    throw new AskedToWaitException(after);
                }
                throw new IOException(
                        where() + " answers " + exchange.shown() + "; what is not sent is kept");
            }
            case MISDIRECTED ->
                    throw new IOException(
                            where()
                                    + " answers "
                                    + exchange.shown()
                                    + ", which no item is to blame for; correct the address or the"
                                    + " credentials and start again, what is not sent is kept");
        }
    }

    private void expired(OutboxBatch<X> items, KeyOptions keys, Request request) {
        String age =
                "may have been sent since "
                        + items.closed()
                        + ", and the endpoint remembers keys for "
                        + keys.retention()
                        + " only";
        if (keys.onExpired() == OnExpiredKey.DEAD_LETTER) {
            request.expire(age);
            return;
        }
        throw new DeliveryException(
                stepId,
                "step '"
                        + stepId
                        + "': partition '"
                        + part
                        + "': a request of epoch "
                        + items.commit().epoch()
                        + " with "
                        + items.items().size()
                        + " items and key "
                        + key(items)
                        + " "
                        + age
                        + ", so that it is not sent again and stays in the recovery store; find out"
                        + " whether "
                        + where()
                        + " has it, and start with KeyOptions.withOnExpired: SEND_AGAIN if it has"
                        + " not, DEAD_LETTER if it has or to decide later",
                null);
    }

    /* It may come as late as it may take. */
    private boolean isExpired(OutboxBatch<X> items, KeyOptions keys) throws Exception {
        Duration age = Duration.between(items.closed(), calls.now());
        return !age.isNegative()
                && keys.retention().minus(age).compareTo(options.http().timeout()) < 0;
    }

    private byte[] encoded(OutboxBatch<X> items) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writeBody(options.endpoint().body(), items, bytes);
        return bytes.toByteArray();
    }

    private static <B> void writeBody(
            RequestBody<B> body, OutboxBatch<? extends B> items, ByteArrayOutputStream bytes)
            throws Exception {
        body.write(java.util.Collections.unmodifiableList(items.items()), bytes);
    }

    private static <X> OutboxBatch<X> slice(OutboxBatch<X> batch, int from, int end) {
        return new OutboxBatch<>(
                batch.commit(),
                batch.outbox(),
                batch.closed(),
                batch.hasDeadLetters(),
                batch.places().subList(from, end),
                batch.items().subList(from, end));
    }

    /* Short and of a form that every endpoint takes. */
    private static String key(OutboxBatch<?> items) {
        return UUID.nameUUIDFromBytes(items.id().getBytes(StandardCharsets.UTF_8)).toString();
    }

    private String where() {
        return options.endpoint().method() + " " + Address.shown(options.endpoint().address());
    }

    /** What has come of a request so far. */
    private static final class Request {

        private byte @Nullable [] body;
        private boolean settled;
        private boolean isTooLarge;

        /** Whether all its items share its fate. */
        private boolean isWhole;

        private @Nullable String refused;

        void take() {
            settled = true;
            body = null;
        }

        void refuse(String why) {
            take();
            refused = why;
        }

        void expire(String why) {
            refuse(why);
            isWhole = true;
        }
    }

    /** The endpoint has said when to try again. */
    private static final class AskedToWaitException extends Exception {

        private static final long serialVersionUID = 1L;

        private final Duration after;

        AskedToWaitException(Duration after) {
            super("asked to wait for " + after, null, false, false);
            this.after = after;
        }

        Duration after() {
            return after;
        }
    }
}
