package dev.waxwing.cli.kill;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.cli.kill.FaultyProxy.Fate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class FaultyProxyTest {

    private static final String REQUEST = "request!";
    private static final String REPLY = "reply";

    private final CountDownLatch answered = new CountDownLatch(1);
    private ServerSocket server;
    private FaultyProxy proxy;
    private Fate ofRequest = Fate.PASSED;
    private Fate ofReply = Fate.PASSED;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        proxy = new FaultyProxy(server.getLocalPort(), ScriptedWire::new);
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void bytesThatArePassedComeBothWays() throws Exception {
        assertThat(exchange()).isEqualTo(new Exchange(REQUEST, REPLY));
        assertThat(proxy.cut()).isZero();
        assertThat(proxy.accepted()).isOne();
    }

    @Test
    void ofAHalvedRequestTheServerGetsTheFirstHalfAndTheEnd() throws Exception {
        ofRequest = Fate.HALVED;

        assertThat(exchange()).isEqualTo(new Exchange("requ", ""));
        assertThat(proxy.cut()).isOne();
    }

    @Test
    void ofALostRequestTheServerGetsTheEndOnly() throws Exception {
        ofRequest = Fate.LOST;

        assertThat(exchange()).isEqualTo(new Exchange("", ""));
        assertThat(proxy.cut()).isOne();
    }

    @Test
    void requestWithoutAnAnswerIsCarriedOutFirst() throws Exception {
        ofRequest = Fate.UNANSWERED;

        assertThat(exchange()).isEqualTo(new Exchange(REQUEST, ""));
        assertThat(answered.getCount()).isZero();
        assertThat(proxy.cut()).isOne();
    }

    @Test
    void ofAHalvedReplyTheClientGetsTheFirstHalfAndTheEnd() throws Exception {
        ofReply = Fate.HALVED;

        assertThat(exchange()).isEqualTo(new Exchange(REQUEST, "re"));
    }

    @Test
    void connectionToAServerThatIsNotThereEnds() throws Exception {
        server.close();

        try (Socket client = client()) {
            assertThat(client.getInputStream().read()).isNegative();
        }
    }

    /* Each end reads until the other has ended, which after a reply is at once. */
    private Exchange exchange() throws Exception {
        CompletableFuture<String> received = CompletableFuture.supplyAsync(this::answer);
        try (Socket client = client()) {
            client.getOutputStream().write(REQUEST.getBytes(US_ASCII));
            String reply = new String(client.getInputStream().readAllBytes(), US_ASCII);
            return new Exchange(received.join(), reply);
        }
    }

    private String answer() {
        try (Socket connection = server.accept()) {
            byte[] request = connection.getInputStream().readNBytes(REQUEST.length());
            if (request.length == REQUEST.length()) {
                connection.getOutputStream().write(REPLY.getBytes(US_ASCII));
            }
            return new String(request, US_ASCII);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Socket client() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    }

    private record Exchange(String received, String replied) {}

    private final class ScriptedWire implements FaultyProxy.Wire {

        @Override
        public Fate ofRequest(byte[] bytes, int length) {
            return ofRequest;
        }

        @Override
        public Fate ofReply(byte[] bytes, int length) {
            return ofReply;
        }

        @Override
        public void answered() {
            answered.countDown();
        }
    }
}
