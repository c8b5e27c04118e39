package dev.waxwing.http;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer that has no end, piece by piece: the next is asked for when one has been
 * taken, so that a reader that rests slows the server. Thread-safe.
 */
final class EventChunks implements HttpResponse.BodySubscriber<EventChunks>, AutoCloseable {

    /** A piece; without bytes, the end, and why if it is no good one. */
    private record Chunk(byte @Nullable [] bytes, @Nullable Throwable failure) {}

    private static final byte[] NOTHING = {};

    private final BlockingQueue<Chunk> chunks = new LinkedBlockingQueue<>();
    private volatile Flow.@Nullable Subscription subscription;

    @Override
    public CompletionStage<EventChunks> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        byte[] bytes = new byte[buffers.stream().mapToInt(ByteBuffer::remaining).sum()];
        int size = 0;
        for (ByteBuffer buffer : buffers) {
            int length = buffer.remaining();
            buffer.get(bytes, size, length);
            size += length;
        }
        chunks.add(new Chunk(bytes, null));
    }

    @Override
    public void onError(Throwable failure) {
        chunks.add(new Chunk(null, failure));
    }

    @Override
    public void onComplete() {
        chunks.add(new Chunk(null, null));
    }

    /**
     * The next piece, empty if none comes in time; null at the end.
     *
     * @throws IOException if the connection has failed
     */
    byte @Nullable [] take(Duration longest) throws IOException, InterruptedException {
        Chunk chunk = chunks.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
        if (chunk == null) {
            return NOTHING;
        }
        if (chunk.failure != null) {
            throw new IOException("the connection has failed: " + chunk.failure, chunk.failure);
        }
        if (chunk.bytes != null) {
            Flow.Subscription given = subscription;
            if (given != null) {
                given.request(1);
            }
        }
        return chunk.bytes;
    }

    /** Ends the connection. */
    @Override
    public void close() {
        Flow.Subscription given = subscription;
        if (given != null) {
            given.cancel();
        }
    }
}
