package dev.waxwing.http;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Keeps the beginning of a body and reads no further, so that no server can fill the memory.
 * Thread-safe.
 */
final class BodyStart implements HttpResponse.BodySubscriber<byte[]> {

    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    private final int bytesMax;
    private volatile Flow.@org.jspecify.annotations.Nullable Subscription subscription;

    BodyStart(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            byte[] taken = new byte[Math.min(buffer.remaining(), bytesMax - bytes.size())];
            buffer.get(taken);
            bytes.writeBytes(taken);
            if (buffer.hasRemaining()) {
                abandon();
                body.complete(bytes.toByteArray());
                return;
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(bytes.toByteArray());
    }

    /** Reads no further. */
    void abandon() {
        Flow.Subscription given = subscription;
        if (given != null) {
            given.cancel();
        }
    }
}
