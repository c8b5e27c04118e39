package dev.waxwing.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A server that answers as a test says, and remembers what was asked. Thread-safe. */
final class TestServer implements AutoCloseable {

    /** What a test says. */
    @FunctionalInterface
    interface Answers {
        void answer(Request request) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    TestServer(Answers answers) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(
                "/",
                exchange -> {
                    asked.add(String.valueOf(exchange.getRequestURI()));
                    try (exchange) {
                        answers.answer(new Request(exchange, closing));
                    }
                });
        server.start();
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** Paths and queries that were asked for, in order; a copy. */
    List<String> asked() {
        synchronized (asked) {
            return List.copyOf(asked);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    /** A request to answer. */
    record Request(HttpExchange exchange, CountDownLatch closing) {

        String path() {
            return exchange.getRequestURI().toString();
        }

        /** A header, or the other text if it is missing. */
        String header(String name, String other) {
            String value = exchange.getRequestHeaders().getFirst(name);
            return value == null ? other : value;
        }

        Request with(String header, String value) {
            exchange.getResponseHeaders().set(header, value);
            return this;
        }

        void reply(int status, String body) throws IOException {
            reply(status, body.getBytes(StandardCharsets.UTF_8));
        }

        void replyBytes(byte[] body) throws IOException {
            reply(200, body);
        }

        private void reply(int status, byte[] bytes) throws IOException {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }

        /** Begins an event stream with this. */
        Request stream(String events) throws IOException {
            with("Content-Type", "text/event-stream").exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(events.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            return this;
        }

        /** Stays silent until the server is closed. */
        void hang() {
            try {
                closing.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
