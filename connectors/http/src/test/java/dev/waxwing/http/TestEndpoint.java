package dev.waxwing.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A server that takes JSON arrays of integers and remembers keys: a request that it knows is
 * answered as the first time and not taken again, and one with a known key and another body is
 * counted as a breach. What it does with the next requests can be scripted. Thread-safe.
 */
final class TestEndpoint implements AutoCloseable {

    /** What is done with a request in place of taking it. */
    sealed interface Fault {

        /** Answers so, and takes nothing. */
        record Answer(int status, Map<String, String> headers, String body) implements Fault {}

        /** Closes the connection, and has taken nothing. */
        record Reset() implements Fault {}

        /** Takes the request and closes the connection without an answer. */
        record DropReply() implements Fault {}

        /** Takes the request and does not answer before the server is closed. */
        record TakeAndHang() implements Fault {}

        /** Takes nothing and does not answer before the server is closed. */
        record Hang() implements Fault {}

        /** Takes the request, begins to answer and does not end before the server is closed. */
        record HangInBody() implements Fault {}
    }

    /** A request that came, whatever became of it. */
    record Received(String key, String body, Headers headers, int clientPort) {}

    static Fault answer(int status) {
        return new Fault.Answer(status, Map.of(), "");
    }

    static Fault answer(int status, String header, String value) {
        return new Fault.Answer(status, Map.of(header, value), "");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Queue<Fault> script = new ConcurrentLinkedQueue<>();
    private final List<Received> received = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> taken = new LinkedHashMap<>();
    private final List<Integer> items = new ArrayList<>();
    private final List<String> breaches = new ArrayList<>();
    private volatile Predicate<Integer> refused = item -> false;
    private volatile int refusedStatus = 400;
    private volatile int itemsMax = Integer.MAX_VALUE;
    private volatile @Nullable Fault always;
    private volatile boolean forgetful;

    TestEndpoint() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Where it is, with a path and a query that nobody should see. */
    URI address() {
        return URI.create(
                "http://127.0.0.1:"
                        + server.getAddress().getPort()
                        + "/hooks/path-secret-4711?token=query-secret-4711");
    }

    /** Does this with the next requests, one each, and then takes requests again. */
    TestEndpoint then(Fault... faults) {
        script.addAll(Arrays.asList(faults));
        return this;
    }

    /** Does this with all requests for which nothing else is said; null to take them. */
    void always(@Nullable Fault fault) {
        always = fault;
    }

    /** Refuses requests with such items. */
    void refuse(int status, Predicate<Integer> which) {
        refused = which;
        refusedStatus = status;
    }

    /** Answers 413 to requests with more items. */
    void limitItems(int max) {
        itemsMax = max;
    }

    /** Remembers no keys. */
    TestEndpoint forgetful() {
        forgetful = true;
        return this;
    }

    /** What was taken, in order; a copy. */
    synchronized List<Integer> items() {
        return List.copyOf(items);
    }

    /** Keys that came with different bodies. */
    synchronized List<String> breaches() {
        return List.copyOf(breaches);
    }

    /** All requests that came; a copy. */
    List<Received> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String key = String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        received.add(
                new Received(
                        key,
                        body,
                        exchange.getRequestHeaders(),
                        exchange.getRemoteAddress().getPort()));
        Fault fault = script.poll();
        if (fault == null) {
            fault = always;
        }
        if (fault instanceof Fault.Answer answer) {
            reply(exchange, answer.status(), answer.headers(), answer.body());
        } else if (fault instanceof Fault.Reset) {
            exchange.close();
        } else if (fault instanceof Fault.DropReply) {
            take(key, body);
            exchange.close();
        } else if (fault instanceof Fault.TakeAndHang) {
            take(key, body);
            awaitClosing(exchange);
        } else if (fault instanceof Fault.Hang) {
            awaitClosing(exchange);
        } else if (fault instanceof Fault.HangInBody) {
            take(key, body);
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            awaitClosing(exchange);
        } else {
            reply(exchange, take(key, body), Map.of(), "echo " + exchange.getRequestURI());
        }
    }

    private synchronized int take(String key, String body) {
        String before = forgetful ? null : taken.get(key);
        if (before != null) {
            if (!before.equals(body)) {
                breaches.add(key);
                return 422;
            }
            return 200;
        }
        List<Integer> sent = parse(body);
        if (sent.size() > itemsMax) {
            return 413;
        }
        if (sent.stream().anyMatch(refused)) {
            return refusedStatus;
        }
        taken.put(key, body);
        items.addAll(sent);
        return 200;
    }

    private void awaitClosing(HttpExchange exchange) {
        try {
            closing.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    private static List<Integer> parse(String body) {
        return Arrays.stream(body.replaceAll("[\\[\\]\\s]+", ",").split(",", -1))
                .filter(text -> !text.isEmpty())
                .map(Integer::valueOf)
                .toList();
    }

    private static void reply(
            HttpExchange exchange, int status, Map<String, String> headers, String body)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        headers.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
