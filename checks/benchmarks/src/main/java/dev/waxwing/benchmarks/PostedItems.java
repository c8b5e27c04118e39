package dev.waxwing.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.function.TypeRef;
import dev.waxwing.http.HttpSink;
import dev.waxwing.http.KeyOptions;
import dev.waxwing.http.RequestBody;
import dev.waxwing.recovery.RecoveryOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.CRC32C;

/**
 * W9 HTTP: items to an HTTP server on the same machine, once by a plain loop over the same client
 * and once through a dataflow with a recovery store, an epoch a second; the same bodies, one
 * request at a time. Both ways are timed from before the first item until all are taken.
 */
final class PostedItems {

    private static final int ITEMS_A_REQUEST = 100;
    private static final String BY_HAND = "loop over HttpClient";
    private static final String BY_SINK = "Waxwing, recovery on";

    private final int rounds;
    private final int items;
    private final Path stores;

    /**
     * @param rounds that count; one comes before as warm-up
     */
    PostedItems(int rounds, int items, Path stores) {
        this.rounds = rounds;
        this.items = items;
        this.stores = stores;
    }

    /** Runs both ways in turn and returns a table. */
    List<String> lines() throws Exception {
        Rates byHand = new Rates(BY_HAND);
        Rates bySink = new Rates(BY_SINK);
        try (Taker taker = new Taker()) {
            for (int round = 0; round <= rounds; round++) {
                double hand = timed(() -> byHand(taker.address()));
                String taken = taker.taken();
                double sink = timed(() -> bySink(taker.address()));
                String takenOfSink = taker.taken();
                if (!takenOfSink.equals(taken)) {
                    throw new IllegalStateException(
                            BY_HAND + " posted " + taken + ", but " + BY_SINK + " " + takenOfSink);
                }
                if (round > 0) {
                    byHand.add(hand);
                    bySink.add(sink);
                }
            }
        }
        return List.of(
                "| W9 HTTP, "
                        + items
                        + " items in JSON, "
                        + ITEMS_A_REQUEST
                        + " a request | items/s, median | min | max | to by hand |",
                "| --- | --: | --: | --: | --: |",
                byHand.line(),
                bySink.lineBeside(byHand));
    }

    /* Items a second. */
    private double timed(Posting posting) throws Exception {
        System.gc();
        long start = System.nanoTime();
        posting.post();
        return items * 1e9 / (System.nanoTime() - start);
    }

    private void byHand(URI address) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        RequestBody<Object> body = RequestBody.jsonArray();
        List<Object> batch = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            batch.add(Sale.at(i));
            if (batch.size() == ITEMS_A_REQUEST || i + 1 == items) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                body.write(batch, bytes);
                HttpRequest request =
                        HttpRequest.newBuilder(address)
                                .timeout(Duration.ofSeconds(30))
                                .header("Content-Type", body.contentType())
                                .header("Idempotency-Key", UUID.randomUUID().toString())
                                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes.toByteArray()))
                                .build();
                int status =
                        client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
                if (status != 200) {
                    throw new IOException("status " + status);
                }
                batch.clear();
            }
        }
    }

    private void bySink(URI address) throws Exception {
        Path store = Files.createTempDirectory(stores, "store");
        try {
            Dataflow flow = Dataflow.named("sales");
            flow.input("sales", new SaleSource(items))
                    .output(
                            "post",
                            HttpSink.<Sale>post(address, RequestBody.jsonArray())
                                    .withRequestItems(ITEMS_A_REQUEST)
                                    .withItemType(TypeRef.of(Sale.class))
                                    .withKeys(KeyOptions.keptFor(Duration.ofDays(1))));
            Waxwing.run(flow, EmbeddedOptions.defaults().withRecovery(RecoveryOptions.in(store)));
        } finally {
            Runs.delete(store);
        }
    }

    private interface Posting {
        void post() throws Exception;
    }

    /** A server that takes everything and remembers the sum of it. */
    private static final class Taker implements AutoCloseable {

        private final HttpServer server;
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final CRC32C content = new CRC32C();
        private long bytes;

        Taker() throws IOException {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", this::take);
            server.start();
        }

        URI address() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/sales");
        }

        /**
         * What came since this was last asked: without brackets, so that it may be cut elsewhere.
         */
        synchronized String taken() {
            String taken = bytes + " bytes of checksum " + Long.toHexString(content.getValue());
            content.reset();
            bytes = 0;
            return taken;
        }

        @Override
        public void close() {
            server.stop(0);
            threads.shutdownNow();
        }

        private void take(HttpExchange exchange) throws IOException {
            byte[] body = exchange.getRequestBody().readAllBytes();
            synchronized (this) {
                content.update(body, 1, body.length - 2);
                bytes += body.length - 2;
                content.update(',');
                bytes++;
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        }
    }
}
