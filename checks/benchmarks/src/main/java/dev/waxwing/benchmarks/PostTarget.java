package dev.waxwing.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.waxwing.Stream;
import dev.waxwing.function.TypeRef;
import dev.waxwing.http.HttpSink;
import dev.waxwing.http.KeyOptions;
import dev.waxwing.http.RequestBody;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.StatelessSinkPartition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Sales posted to an HTTP server of this JVM, so many a request. */
final class PostTarget implements SaleTarget {

    private static final int ITEMS_A_REQUEST = 100;

    private final boolean idempotent;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong taken = new AtomicLong();

    /**
     * @param idempotent with keys, or else by a plain client, at least once
     */
    PostTarget(boolean idempotent) throws IOException {
        this.idempotent = idempotent;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    @Override
    public String name() {
        return idempotent
                ? "posts over HTTP, idempotent by keys"
                : "posts over HTTP, at least once, a plain client";
    }

    @Override
    public boolean needsRecovery() {
        return idempotent;
    }

    @Override
    public int manySales() {
        return 500_000;
    }

    @Override
    public void take(Stream<Sale> sales) {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/sales");
        if (idempotent) {
            sales.output(
                    "post",
                    HttpSink.<Sale>post(address, RequestBody.jsonArray())
                            .withRequestItems(ITEMS_A_REQUEST)
                            .withItemType(TypeRef.of(Sale.class))
                            .withKeys(KeyOptions.keptFor(Duration.ofDays(1))));
        } else {
            sales.output("post", new Posting(address));
        }
    }

    @Override
    public long visible() {
        return taken.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /* Each sale is an object without objects in it. */
    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        int sales = 0;
        for (byte each : body) {
            if (each == '{') {
                sales++;
            }
        }
        taken.addAndGet(sales);
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    /** Posts what it is given and waits for the answer, as one writes it without any promise. */
    private record Posting(URI address) implements DynamicSink<Sale> {

        @Override
        public StatelessSinkPartition<Sale> build(String stepId, int workerIndex, int workerCount) {
            HttpClient client = HttpClient.newHttpClient();
            RequestBody<Object> body = RequestBody.jsonArray();
            return sales -> {
                for (int i = 0; i < sales.size(); i += ITEMS_A_REQUEST) {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    List<Object> part =
                            new ArrayList<>(
                                    sales.subList(i, Math.min(sales.size(), i + ITEMS_A_REQUEST)));
                    body.write(part, bytes);
                    HttpRequest request =
                            HttpRequest.newBuilder(address)
                                    .header("Content-Type", body.contentType())
                                    .POST(
                                            HttpRequest.BodyPublishers.ofByteArray(
                                                    bytes.toByteArray()))
                                    .build();
                    client.send(request, HttpResponse.BodyHandlers.discarding());
                }
            };
        }
    }
}
