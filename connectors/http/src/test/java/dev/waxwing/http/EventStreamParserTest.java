package dev.waxwing.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The format of event streams, sentence by sentence of the standard. */
final class EventStreamParserTest {

    private final Recorded read = new Recorded();

    @Test
    void eventEndsWithABlankLine() {
        parse("data: a\n\ndata: b\n");

        assertThat(read.events).containsExactly(new ServerSentEvent("", "message", "a"));
    }

    @Test
    void linesOfDataAreJoinedByLineFeeds() {
        parse("data: YHOO\ndata: +2\ndata: 10\n\n");

        assertThat(data()).containsExactly("YHOO\n+2\n10");
    }

    @Test
    void oneSpaceAfterTheColonIsNoPartOfTheValue() {
        parse("data:a\n\ndata: b\n\ndata:  c\n\n");

        assertThat(data()).containsExactly("a", "b", " c");
    }

    @Test
    void fieldWithoutAColonHasAnEmptyValue() {
        parse("data\n\ndata\ndata\n\ndata:\n\n");

        assertThat(data()).containsExactly("", "\n", "");
    }

    @Test
    void commentsAndUnknownFieldsArePassedOver() {
        parse(": test stream\n\ndata: a\nwhatever: x\n:\nDATA: b\n\n");

        assertThat(data()).containsExactly("a");
    }

    @Test
    void everyLineEndIsOneWhereverThePiecesAreCut() {
        String stream = "data: a\r\rdata: b\r\n\r\ndata: c\n\ndata: d\r\n\ndata: e\n\r\n";

        for (int cut = 1; cut < stream.length(); cut++) {
            var cutRead = new Recorded();
            var parser = new EventStreamParser(1_000, "");
            parser.feed(bytes(stream.substring(0, cut)), cutRead);
            parser.feed(bytes(stream.substring(cut)), cutRead);

            assertThat(cutRead.events.stream().map(ServerSentEvent::data))
                    .as("cut at %s", cut)
                    .containsExactly("a", "b", "c", "d", "e");
        }
    }

    @Test
    void byteOrderMarkAtTheStartIsPassedOverAndLaterOnesAreNot() {
        parse("\uFEFFdata: a\n\n\uFEFFdata: b\n\ndata: c\n\n");

        assertThat(data()).containsExactly("a", "c");
    }

    @Test
    void textIsUtf8AlsoWhenItsBytesAreCut() {
        String stream = "data: Grüße 🚀 €\n\n";
        var parser = new EventStreamParser(1_000, "");

        for (byte each : bytes(stream)) {
            parser.feed(new byte[] {each}, read);
        }

        assertThat(data()).containsExactly("Grüße 🚀 €");
    }

    @Test
    void eventWithBytesThatAreNoUtf8IsToldApartAndReadingGoesOn() {
        parse("id: 1\ndata: a\n\n");
        var parser = new EventStreamParser(1_000, "");

        parser.feed("id: 2\ndata: caf\u00e9\n\n".getBytes(StandardCharsets.ISO_8859_1), read);
        parser.feed("event: \u00e9\ndata: b\n\n".getBytes(StandardCharsets.ISO_8859_1), read);
        parser.feed(": \u00e9\ndata: c\n\n".getBytes(StandardCharsets.ISO_8859_1), read);
        parser.feed(bytes("data: \uFFFD\n\n"), read);

        assertThat(read.malformed).containsExactly("caf\uFFFD", "b");
        assertThat(data()).containsExactly("a", "c", "\uFFFD");
        assertThat(parser.lastEventId()).isEqualTo("2");
    }

    @Test
    void typeIsOfOneEventOnly() {
        parse("event: add\ndata: a\n\ndata: b\n\n");

        assertThat(read.events.stream().map(ServerSentEvent::event))
                .containsExactly("add", "message");
    }

    @Test
    void eventWithoutDataIsNone() {
        parse("event: add\n\nid: 3\n\ndata: a\n\n");

        assertThat(read.events).containsExactly(new ServerSentEvent("3", "message", "a"));
    }

    @Test
    void idStaysUntilAnotherComesAndAnEmptyOneTakesItBack() {
        parse("id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n");

        assertThat(read.events.stream().map(ServerSentEvent::id)).containsExactly("1", "1", "");
    }

    @Test
    void idWithANulIsPassedOver() {
        parse("id: 1\ndata: a\n\nid: 2\0\ndata: b\n\n");

        assertThat(read.events.stream().map(ServerSentEvent::id)).containsExactly("1", "1");
    }

    @Test
    void idCountsWhenItsEventHasEnded() {
        var parser = parse("id: 1\ndata: a\n\nid: 2\ndata: b\n");

        assertThat(parser.lastEventId()).isEqualTo("1");
    }

    @Test
    void retryIsANumberOfMilliseconds() {
        assertThat(parse("retry: 1500\n").retry()).isEqualTo(Duration.ofMillis(1_500));
        assertThat(parse("retry: 1.5\nretry: -1\nretry:\n").retry()).isNull();
    }

    @Test
    void newConnectionDropsWhatHadNotEnded() {
        var parser = parse("id: 1\ndata: a\n\nid: 2\ndata: half");

        parser.restart();
        parser.feed(bytes("\uFEFFdata: b\n\n"), read);

        assertThat(read.events)
                .containsExactly(
                        new ServerSentEvent("1", "message", "a"),
                        new ServerSentEvent("1", "message", "b"));
    }

    @Test
    void eventThatIsTooLargeIsRejectedByItsBeginningAndReadingGoesOn() {
        var parser = new EventStreamParser(20, "");

        parser.feed(bytes("id: 1\ndata: " + "x".repeat(5_000) + "\n\ndata: ok\n\n"), read);

        assertThat(read.tooLarge).hasSize(1);
        assertThat(read.tooLarge.get(0)).startsWith("data: xxxx").hasSizeLessThan(201);
        assertThat(data()).containsExactly("ok");
    }

    @Test
    void eventOfManyShortLinesIsTooLargeToo() {
        var parser = new EventStreamParser(100, "");

        parser.feed(bytes("data: 12345\n".repeat(50) + "event: x\n\ndata: ok\n\n"), read);

        assertThat(read.tooLarge).hasSize(1);
        assertThat(read.events).containsExactly(new ServerSentEvent("", "message", "ok"));
    }

    @Test
    void idOfAnEventThatIsTooLargeCountsWhereverItStands() {
        var parser = new EventStreamParser(20, "");

        parser.feed(bytes("data: " + "x".repeat(100) + "\nid: 7\n\n"), read);

        assertThat(parser.lastEventId()).isEqualTo("7");
    }

    @Test
    void commentsMakeNoEventTooLarge() {
        var parser = new EventStreamParser(20, "");

        parser.feed(bytes(": still here\n".repeat(100) + "data: ok\n\n"), read);

        assertThat(data()).containsExactly("ok");
        assertThat(read.tooLarge).isEmpty();
    }

    @Test
    void anyCutOfAnyStreamReadsTheSame() {
        long seed = new Random().nextLong();
        System.out.println("EventStreamParserTest seed " + seed);
        var random = new Random(seed);
        String[] pieces = {"data", ":", " ", "id", "event", "\r", "\n", "\r\n", "x", "é", "\uFEFF"};
        for (int run = 0; run < 500; run++) {
            var stream = new StringBuilder();
            random.ints(60, 0, pieces.length).forEach(i -> stream.append(pieces[i]));
            byte[] bytes = bytes(stream.toString());
            int cut = random.nextInt(bytes.length + 1);

            var whole = new Recorded();
            new EventStreamParser(15, "").feed(bytes, whole);
            var cutRead = new Recorded();
            var parser = new EventStreamParser(15, "");
            parser.feed(Arrays.copyOf(bytes, cut), cutRead);
            parser.feed(Arrays.copyOfRange(bytes, cut, bytes.length), cutRead);

            assertThat(cutRead.events).isEqualTo(whole.events);
            assertThat(cutRead.tooLarge).isEqualTo(whole.tooLarge);
        }
    }

    private EventStreamParser parse(String stream) {
        var parser = new EventStreamParser(1_000, "");
        parser.feed(bytes(stream), read);
        return parser;
    }

    private List<String> data() {
        return read.events.stream().map(ServerSentEvent::data).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static final class Recorded implements EventStreamParser.Events {

        private final List<ServerSentEvent> events = new ArrayList<>();
        private final List<String> malformed = new ArrayList<>();
        private final List<String> tooLarge = new ArrayList<>();
        private final List<String> unusable = new ArrayList<>();

        @Override
        public void event(ServerSentEvent event) {
            events.add(event);
        }

        @Override
        public void malformed(String text) {
            malformed.add(text);
        }

        @Override
        public void tooLarge(String beginning) {
            tooLarge.add(beginning);
        }

        @Override
        public void unusableId(String id, String data) {
            unusable.add(id + " " + data);
        }
    }
}
