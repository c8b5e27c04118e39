package dev.waxwing.http;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.waxwing.testing.PartitionReader;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What goes over HTTP, by the place in a request or an answer that it goes in, and what arrives of
 * it. Executed by {@link HttpTableTest}; the page of the connector is made of it.
 */
final class HttpTable {

    /** What is given, and what arrives: null if it is refused in words. */
    record Line(Place place, Object given, @Nullable String arrives) {

        /** Sends it; returns what has arrived. */
        String carried() throws Exception {
            return switch (place) {
                case JSON -> json(given);
                case TEXT -> text(given);
                case HEADER -> header(given);
                case ADDRESS -> address(given);
                case CURSOR -> cursor(given);
                case PAGE -> page(given);
                case EVENT_ID -> event("id: " + given + "\ndata: x\n\n").id();
                case EVENT_DATA ->
                        event("data: " + given.toString().replace("\n", "\ndata: ") + "\n\n")
                                .data();
            };
        }
    }

    /** Where values go. */
    enum Place {
        JSON("a value in a body of JSON"),
        TEXT("the text of a body"),
        HEADER("a header of yours"),
        ADDRESS("an address, behind its host"),
        CURSOR("a cursor, on a page of `/api/items?x=1`"),
        PAGE("text of a page, with its character set"),
        EVENT_ID("the id of an event"),
        EVENT_DATA("the data of an event");

        private final String title;

        Place(String title) {
            this.title = title;
        }
    }

    /** A page in a character set, which the answer names if it is told to. */
    record Encoded(String text, @Nullable String names, String is) {
        @Override
        public String toString() {
            return text + " in " + is + (names == null ? ", not named" : ", named " + names);
        }
    }

    record Raw(@JsonRawValue String json) {
        @Override
        public String toString() {
            return json + " (@JsonRawValue)";
        }
    }

    enum Side {
        BUY {
            @Override
            public String toString() {
                return "to buy";
            }
        }
    }

    static final List<Line> LINES =
            lines().of(Place.JSON)
                    .same("\u00e9\uD83D\uDE00", "\"\u00e9\uD83D\uDE00\"")
                    .same("", "\"\"")
                    .same(true, "true")
                    .same('c', "\"c\"")
                    .same(Long.MIN_VALUE, "-9223372036854775808")
                    .same(0.1, "0.1")
                    .same(1e22, "1.0E22")
                    .same(new BigDecimal("100.10"), "100.10")
                    .same(
                            new BigInteger("123456789012345678901234567890"),
                            "123456789012345678901234567890")
                    .same(Side.BUY, "\"BUY\"")
                    .same(new UUID(1, 2), "\"00000000-0000-0001-0000-000000000002\"")
                    .same(Instant.EPOCH, "\"1970-01-01T00:00:00Z\"")
                    .same(LocalTime.MIDNIGHT, "\"00:00:00\"")
                    .same(
                            OffsetDateTime.parse("2026-10-25T02:30:00+02:00"),
                            "\"2026-10-25T02:30:00+02:00\"")
                    .same(
                            ZonedDateTime.parse("2026-10-25T02:30:00+01:00[Europe/Berlin]"),
                            "\"2026-10-25T02:30:00+01:00[Europe/Berlin]\"")
                    .same(Year.of(2026), "2026")
                    .same(Duration.ofMillis(90_500), "\"PT1M30.5S\"")
                    .same(Map.of(LocalTime.NOON, List.of()), "{\"12:00:00\":[]}")
                    .same(new Raw("\"\\uD83D\\uDE00\""), "{\"json\":\"\uD83D\uDE00\"}")
                    .refused(
                            Double.NaN,
                            Double.NEGATIVE_INFINITY,
                            "a\uD83D",
                            Date.from(Instant.EPOCH),
                            new Object())
                    .refused(new Raw("\"\\uD83D\""), new BigDecimal("1e100001"))
                    .of(Place.TEXT)
                    .same("\u00e9 \uD83D\uDE00\r\n", "\u00e9 \uD83D\uDE00\r\n")
                    .refused("a\uD83D")
                    .of(Place.HEADER)
                    .same("Bearer a=b; \"c\"", "Bearer a=b; \"c\"")
                    .same("", "")
                    .refused("caf\u00e9", " a", "a ", "a\r\nX: b", "\u0000")
                    .of(Place.ADDRESS)
                    .same("/a%20b?c=%2F&d=e+f", "/a%20b?c=%2F&d=e+f")
                    .same("", "/")
                    .same("?a=b", "/?a=b")
                    .same("/\u00e9?\u6ce8=\uD83D\uDE00", "/%C3%A9?%E6%B3%A8=%F0%9F%98%80")
                    .same("/a#b", "/a")
                    .same("//a/b", "//a/b")
                    .refused("/a b", "/a|b")
                    .of(Place.CURSOR)
                    .same("?page=2", "/api/items?page=2")
                    .same("items2", "/api/items2")
                    .same("../a", "/a")
                    .same("/a?b=c d|e[f]\u00e9%", "/a?b=c%20d%7Ce%5Bf%5D%C3%A9%25")
                    .same("/..//a/b", "//a/b")
                    .same("", "/api/items?x=1")
                    .refused("//other.example/a", "http:a", "ftp://a/b", "/a\uD83D")
                    .of(Place.PAGE)
                    .same(new Encoded("caf\u00e9", "ISO-8859-1", "ISO-8859-1"), "caf\u00e9")
                    .same(new Encoded("caf\u00e9", "'UTF-8'", "UTF-8"), "caf\u00e9")
                    .same(new Encoded("\u6ce8", "utf-16", "UTF-16"), "\u6ce8")
                    .same(new Encoded("\uFEFF\u00e9", null, "UTF-8"), "\u00e9")
                    .refused(new Encoded("caf\u00e9", null, "ISO-8859-1"))
                    .refused(new Encoded("caf\u00e9", "x-none", "UTF-8"))
                    .of(Place.EVENT_ID)
                    .same("a 1", "a 1")
                    .same("", "")
                    .refused("caf\u00e9", "a\u0001", "1 ")
                    .of(Place.EVENT_DATA)
                    .same("\u00e9 \uD83D\uDE00", "\u00e9 \uD83D\uDE00")
                    .same(" a\nb: c", " a\nb: c")
                    .lines;

    private final List<Line> lines = new ArrayList<>();
    private Place place = Place.JSON;

    private HttpTable() {}

    private static HttpTable lines() {
        return new HttpTable();
    }

    private HttpTable of(Place next) {
        place = next;
        return this;
    }

    private HttpTable same(Object given, String arrives) {
        lines.add(new Line(place, given, arrives));
        return this;
    }

    private HttpTable refused(Object... all) {
        for (Object given : all) {
            lines.add(new Line(place, given, null));
        }
        return this;
    }

    private static String json(Object given) throws Exception {
        return sent(RequestBody.jsonArray(), given).replaceAll("^\\[|\\]$", "");
    }

    private static String text(Object given) throws Exception {
        return sent(
                RequestBody.text("text/plain; charset=utf-8", items -> "" + items.get(0)), given);
    }

    private static String sent(RequestBody<Object> body, Object given) throws Exception {
        var bytes = new ByteArrayOutputStream();
        body.write(List.of(given), bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String header(Object given) throws Exception {
        List<String> arrived = new ArrayList<>();
        try (var server =
                new TestServer(
                        request -> {
                            arrived.add(request.header("X-Given", "none"));
                            request.reply(200, "x");
                        })) {
            read(
                    source(server.address("/"))
                            .withHttp(
                                    HttpOptions.defaults()
                                            .withHeaders(
                                                    () -> Map.of("X-Given", given.toString()))));
        }
        return arrived.get(0);
    }

    private static String address(Object given) throws Exception {
        try (var server = new TestServer(request -> request.reply(200, "x"))) {
            read(source(URI.create(server.address("") + given.toString())));
            return server.asked().get(0);
        }
    }

    private static String cursor(Object given) throws Exception {
        try (var server = new TestServer(request -> request.reply(200, "x"))) {
            var source =
                    HttpPollingSource.get(
                            server.address("/api/items?x=1"),
                            Duration.ofNanos(1),
                            page -> Page.before(given.toString(), List.of(page.text())));
            try (var partition = source.buildPart("flow.in", "pages", null)) {
                var reader = new PartitionReader<>(partition);
                reader.readOnce();
                reader.readOnce();
            }
            return server.asked().get(1);
        }
    }

    private static String page(Object given) throws Exception {
        Encoded page = (Encoded) given;
        byte[] body = page.text().getBytes(Charset.forName(page.is()));
        try (var server =
                new TestServer(
                        request -> {
                            if (page.names() != null) {
                                request.with("Content-Type", "text/plain; charset=" + page.names());
                            }
                            request.replyBytes(body);
                        })) {
            return read(source(server.address("/")));
        }
    }

    private static ServerSentEvent event(String event) throws Exception {
        try (var server = new TestServer(request -> request.stream(event))) {
            var source = EventStreamSource.from(server.address("/"));
            try (var partition = source.buildPart("flow.in", "events", null)) {
                var reader = new PartitionReader<>(partition);
                while (true) {
                    List<ServerSentEvent> events = reader.readOnce();
                    if (!reader.rejected().isEmpty()) {
                        throw new IllegalArgumentException("rejected: " + reader.rejected());
                    }
                    if (!events.isEmpty()) {
                        return events.get(0);
                    }
                }
            }
        }
    }

    private static HttpPollingSource<String> source(URI address) {
        return HttpPollingSource.get(
                address, Duration.ofHours(1), page -> Page.of(List.of(page.text())));
    }

    private static String read(HttpPollingSource<String> source) throws Exception {
        try (var partition = source.buildPart("flow.in", "pages", null)) {
            return new PartitionReader<>(partition).readOnce().get(0);
        }
    }

    /** The table of the page. */
    static String markdown() {
        StringBuilder table =
                new StringBuilder("| what | given, and what arrives | refused |\n|---|---|---|\n");
        for (Place place : Place.values()) {
            List<Line> of = LINES.stream().filter(line -> line.place() == place).toList();
            table.append("| " + place.title + " | ")
                    .append(
                            of.stream()
                                    .filter(line -> line.arrives() != null)
                                    .map(HttpTable::shown)
                                    .collect(Collectors.joining(", ")))
                    .append(" | ")
                    .append(
                            of.stream()
                                    .filter(line -> line.arrives() == null)
                                    .map(line -> code(shownGiven(line.given())))
                                    .collect(Collectors.joining(", ")))
                    .append(" |\n");
        }
        return table.toString();
    }

    private static String shown(Line line) {
        String given = code(shownGiven(line.given()));
        String arrives = code(String.valueOf(line.arrives()));
        return given.equals(arrives) ? given : given + " as " + arrives;
    }

    private static String shownGiven(Object given) {
        return given instanceof Date || given.getClass() == Object.class
                ? given.getClass().getSimpleName()
                : given instanceof Side ? "Side.BUY" : given.toString();
    }

    private static String code(String text) {
        if (text.isEmpty()) {
            return "nothing";
        }
        StringBuilder visible = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isHalf =
                    Character.isSurrogate(c)
                            && text.codePointAt(Character.isHighSurrogate(c) ? i : i - 1) < 0x10000;
            visible.append(
                    c == '\r'
                            ? "\\r"
                            : c == '\n'
                                    ? "\\n"
                                    : c == '|'
                                            ? "\\|"
                                            : c < ' ' || c == '\uFEFF' || isHalf
                                                    ? String.format("\\u%04X", (int) c)
                                                    : String.valueOf(c));
        }
        return "`` " + visible + " ``";
    }
}
