package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.simulation.sink.SinkConformance;
import dev.waxwing.simulation.sink.SinkItem;
import dev.waxwing.simulation.sink.SinkReport;
import dev.waxwing.simulation.sink.SinkSubject;
import dev.waxwing.sink.Sink;
import dev.waxwing.sink.SinkContract;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.testing.TargetFaults;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("exchanges the process's streams")
final class StandardStreamsTest {

    private final InputStream in = System.in;
    private final PrintStream out = System.out;

    @AfterEach
    void restore() {
        System.setIn(in);
        System.setOut(out);
    }

    @Test
    void c17_itemsArePrintedALineEach() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, false, StandardCharsets.UTF_8));
        try (var partition = StandardStreams.out().build("flow.out", 0, 1)) {
            partition.writeBatch(List.of("a", 2));
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("a\n2\n");
    }

    @Test
    void itemsArePrintedAtLeastOnceWhateverCrashes() {
        SinkReport report =
                SinkConformance.of("standard output", Printed::new).withRunsMax(200).run();

        assertThat(report.contract()).isEqualTo(SinkContract.AT_LEAST_ONCE);
        assertThat(report.failures()).isEmpty();
        assertThat(report.unreached()).isEmpty();
    }

    @Test
    void brokenPipeIsAnError() throws Exception {
        System.setOut(new PrintStream(new BrokenPipe(), false, StandardCharsets.UTF_8));
        try (var partition = StandardStreams.out().build("flow.out", 0, 1)) {
            assertThatThrownBy(() -> partition.writeBatch(List.of("a")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("broken pipe");
        }
    }

    @Test
    void linesOfStandardInputEndWithIt() throws Exception {
        System.setIn(new ByteArrayInputStream("a\r\n\nb".getBytes(StandardCharsets.UTF_8)));
        Collected<String> collected = new Collected<>();
        try (var partition = StandardStreams.in().build("flow.in", 0, 2)) {
            assertThat(partition).isInstanceOf(BlockingPartition.class);
            collected.drain(partition);
        }

        assertThat(collected.items).containsExactly("a", "", "b");
    }

    @Test
    void otherWorkersHaveNothingToRead() throws Exception {
        try (var partition = StandardStreams.in().build("flow.in", 1, 2)) {
            assertThat(partition.nextBatch(new Collected<>())).isEqualTo(SourceStatus.ENDED);
        }
    }

    @Test
    void batchEndsWhereTheNextReadWouldBlock() throws Exception {
        System.setIn(new Typing("a\nb\nhal", "f\n"));
        Collected<String> collected = new Collected<>();
        try (var partition = StandardStreams.in().build("flow.in", 0, 1)) {
            partition.nextBatch(collected);
            assertThat(collected.items).containsExactly("a", "b");
            partition.nextBatch(collected);
            assertThat(collected.items).containsExactly("a", "b", "half");
            assertThat(partition.nextBatch(collected)).isEqualTo(SourceStatus.ENDED);
        }
    }

    @Test
    void malformedAndOverlongLinesAreRejected() throws Exception {
        System.setIn(new ByteArrayInputStream(new byte[] {(byte) 0xff, '\n', '1', '2', '3', '\n'}));
        Collected<String> collected = new Collected<>();
        try (var partition = StandardStreams.in().withLineBytesMax(2).build("flow.in", 0, 1)) {
            collected.drain(partition);
        }

        assertThat(collected.causes)
                .extracting(Exception::getMessage)
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("standard input, line 1", "UTF-8"),
                        reason ->
                                assertThat(reason)
                                        .contains("standard input, line 2", "limit is 2"));
    }

    @Test
    void standardInputStaysOpen() throws Exception {
        Typing typing = new Typing();
        System.setIn(typing);
        StandardStreams.in().build("flow.in", 0, 1).close();

        assertThat(typing.isClosed).isFalse();
    }

    /** Gives one piece a read; a read in between would block. */
    private static final class Typing extends InputStream {
        private final Deque<String> pieces;
        private boolean isClosed;

        Typing(String... pieces) {
            this.pieces = new ArrayDeque<>(List.of(pieces));
        }

        @Override
        public int read() {
            throw new AssertionError("single bytes are not read");
        }

        @Override
        public int read(byte[] into, int from, int length) {
            String piece = pieces.poll();
            if (piece == null) {
                return -1;
            }
            byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(bytes, 0, into, from, bytes.length);
            return bytes.length;
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    private static final class BrokenPipe extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            throw new IOException("Broken pipe");
        }
    }

    /** What somebody reads who keeps all that was ever printed. */
    private static final class Printed implements SinkSubject<Object> {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public Sink<Object> sink(TargetFaults faults) {
            System.setOut(new PrintStream(bytes, false, StandardCharsets.UTF_8));
            return StandardStreams.out();
        }

        @Override
        public Object item(SinkItem item) {
            return item.text();
        }

        @Override
        public List<SinkItem> committed() {
            return bytes.toString(StandardCharsets.UTF_8).lines().map(SinkItem::parse).toList();
        }
    }
}
