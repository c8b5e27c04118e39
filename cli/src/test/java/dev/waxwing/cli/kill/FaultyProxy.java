package dev.waxwing.cli.kill;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A port of this machine through which clients reach a server, and on which bytes are late, halved
 * or lost, as somebody else decides. Knows nothing of the protocol. Thread-safe.
 */
final class FaultyProxy implements AutoCloseable {

    /*
     * A connection has two threads, one for each direction, which decide on what one read has given. TCP loses no bytes
     * out of the middle: whatever is lost, the connection is cut behind it.
     */
    private static final int READ_BYTES_MAX = 16 << 10;

    private final ServerSocket port;
    private final InetSocketAddress server;
    private final Faults faults;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger cut = new AtomicInteger();

    /** What becomes of bytes. */
    enum Fate {
        PASSED,
        /** The first half goes on, and the connection is cut. */
        HALVED,
        /** Nothing goes on, and the connection is cut. */
        LOST,
        /**
         * They go on, but not what is said to them: when an answer comes, the connection is cut.
         */
        UNANSWERED
    }

    /** Decides what becomes of connections; called by many threads. */
    interface Faults {
        Wire connected();
    }

    /**
     * Decides what becomes of the bytes of a connection; may wait, which delays them. Called by a
     * thread for each direction.
     */
    interface Wire {

        Fate ofRequest(byte[] bytes, int length) throws InterruptedException;

        /** Never {@link Fate#UNANSWERED}. */
        Fate ofReply(byte[] bytes, int length) throws InterruptedException;

        /**
         * The answer to something {@link Fate#UNANSWERED} has come and is about to be lost; may
         * wait.
         */
        void answered() throws InterruptedException;
    }

    /** A proxy for a server of this machine, which need not run yet. */
    FaultyProxy(int serverPort, Faults faults) throws IOException {
        this.faults = faults;
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
        port = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return port.getLocalPort();
    }

    /** How many connections there were. */
    int accepted() {
        return accepted.get();
    }

    /** How many of them were cut here. */
    int cut() {
        return cut.get();
    }

    @Override
    public void close() throws IOException {
        port.close();
        connections.forEach(Connection::close);
        threads.shutdownNow();
    }

    private void accept() {
        while (!port.isClosed()) {
            try {
                Connection connection = new Connection(port.accept());
                accepted.incrementAndGet();
                connections.add(connection);
                threads.execute(() -> connection.run(connection::requests));
            } catch (IOException closed) {
                assert port.isClosed() : closed;
            }
        }
    }

    /** Bytes from one end to the other until one of them, or this, has had enough. */
    private final class Connection implements Closeable {

        private final Wire wire = faults.connected();
        private final Socket client;
        private final Socket upstream = new Socket();
        private volatile boolean unanswered;

        Connection(Socket client) {
            this.client = client;
        }

        void run(Direction direction) {
            try (this) {
                if (!upstream.isConnected()) {
                    client.setTcpNoDelay(true);
                    upstream.setTcpNoDelay(true);
                    upstream.connect(server);
                    threads.execute(() -> run(this::replies));
                }
                direction.copy();
            } catch (IOException ended) {
                /* One end has gone, or the other direction was cut. */
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void requests() throws IOException, InterruptedException {
            InputStream from = client.getInputStream();
            byte[] bytes = new byte[READ_BYTES_MAX];
            int length;
            while ((length = from.read(bytes)) >= 0) {
                Fate fate = wire.ofRequest(bytes, length);
                unanswered |= fate == Fate.UNANSWERED;
                if (!isPassed(bytes, length, fate, upstream.getOutputStream())) {
                    return;
                }
            }
        }

        void replies() throws IOException, InterruptedException {
            InputStream from = upstream.getInputStream();
            byte[] bytes = new byte[READ_BYTES_MAX];
            int length;
            while ((length = from.read(bytes)) >= 0) {
                if (unanswered) {
                    cut.incrementAndGet();
                    wire.answered();
                    return;
                }
                Fate fate = wire.ofReply(bytes, length);
                if (!isPassed(bytes, length, fate, client.getOutputStream())) {
                    return;
                }
            }
        }

        private boolean isPassed(byte[] bytes, int length, Fate fate, OutputStream to)
                throws IOException {
            boolean isWhole = fate == Fate.PASSED || fate == Fate.UNANSWERED;
            if (!isWhole) {
                cut.incrementAndGet();
            }
            to.write(bytes, 0, isWhole ? length : fate == Fate.HALVED ? length / 2 : 0);
            to.flush();
            return isWhole;
        }

        /* Both threads come here, the first of them ends the other. */
        @Override
        public void close() {
            connections.remove(this);
            close(client);
            close(upstream);
        }

        private static void close(Socket socket) {
            try {
                socket.close();
            } catch (IOException e) {
                /* It is closed as far as this can be done. */
            }
        }
    }

    private interface Direction {
        void copy() throws IOException, InterruptedException;
    }
}
