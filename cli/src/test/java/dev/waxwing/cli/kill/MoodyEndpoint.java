package dev.waxwing.cli.kill;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * A server that takes lines and remembers keys, and is in the mood, by chance, to refuse for now,
 * to fail, to be late, to cut the connection before or after it has taken a request, or to work on
 * a request twice. Thread-safe.
 */
final class MoodyEndpoint implements AutoCloseable {

    private static final int MOODS = 40;
    private static final long LATE_NANOS = 30_000_000;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Random random;
    private final Map<String, String> bodies = new HashMap<>();
    private final List<String> lines = new ArrayList<>();
    private final List<String> breaches = new ArrayList<>();
    private int faults;
    private int repetitions;

    MoodyEndpoint(Random random) throws IOException {
        this.random = random;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/payments";
    }

    /** What was taken. */
    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Keys that came with another body than before, or not at all. */
    synchronized List<String> breaches() {
        return List.copyOf(breaches);
    }

    synchronized int faults() {
        return faults;
    }

    /** How often a request came that had been taken before. */
    synchronized int repetitions() {
        return repetitions;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        switch (mood()) {
            case 0 -> answer(exchange, 500);
            case 1 -> {
                exchange.getResponseHeaders().set("Retry-After", "0");
                answer(exchange, 429);
            }
            case 2 -> exchange.close();
            case 3 -> {
                take(key, body);
                exchange.close();
            }
            case 4 -> {
                LockSupport.parkNanos(LATE_NANOS);
                answer(exchange, take(key, body));
            }
            case 5 -> {
                take(key, body);
                answer(exchange, take(key, body));
            }
            default -> answer(exchange, take(key, body));
        }
    }

    private synchronized int mood() {
        int mood = random.nextInt(MOODS);
        faults += mood <= 5 ? 1 : 0;
        return mood;
    }

    private synchronized int take(String key, String body) {
        String before = key == null ? "" : bodies.putIfAbsent(key, body);
        if (before == null) {
            body.lines().forEach(lines::add);
            return 200;
        }
        repetitions++;
        if (!before.equals(body)) {
            breaches.add(String.valueOf(key));
            return 422;
        }
        return 200;
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
