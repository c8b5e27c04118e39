package dev.waxwing.files;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.sink.Sink;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.testing.TestSource;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Items through sinks and sources of files, in whatever process; noted as they come back. */
final class FileTrips {

    enum Title {
        ISSIZ,
        title
    }

    record Row(
            String text,
            Title title,
            double price,
            BigDecimal sum,
            Instant at,
            OffsetDateTime local) {}

    static final List<String> LINES =
            List.of(
                    "Z\u00fcrich \u6ce8 \uD83D\uDE00",
                    "I\u0131\u0130i",
                    "\uFEFF",
                    "a\u0085b\u2028c",
                    "\u0661\u0662");

    static final List<Row> ROWS =
            List.of(
                    new Row(
                            "\"I\", \u0131;\r\n\uD83D\uDE00",
                            Title.ISSIZ,
                            1234567.891,
                            new BigDecimal("1234567.8900"),
                            Instant.parse("2026-03-29T01:30:00.5Z"),
                            OffsetDateTime.parse("2026-10-25T02:30:00+02:00")),
                    new Row(
                            "",
                            Title.title,
                            -0.0,
                            new BigDecimal("1E+3"),
                            Instant.EPOCH,
                            OffsetDateTime.MIN));

    private final Path root;

    private FileTrips(Path root) {
        this.root = root;
    }

    /** Makes the trips in a directory, which is given as a URI. */
    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(URI.create(arguments[0]));
        List<String> lines = new ArrayList<>();
        new FileTrips(root).trips().forEach((trip, items) -> lines.add(trip + items));
        Files.write(root.resolve("trips"), lines);
    }

    /** What is noted in the file "trips" if all comes back. */
    static String expected() {
        String lines = escaped(LINES);
        String rows = escaped(ROWS);
        String table =
                escaped(
                        List.of(
                                Map.of(
                                        "\u0130d",
                                        "\u00fc",
                                        "sum",
                                        "1.50",
                                        "at",
                                        "1970-01-01T00:00:00Z")));
        return """
                appended text%s
                packed text%s
                text of another charset[\\u00e9\\u0131]
                appended records%s
                rolled records%s
                appended rows%s
                lines of JSON%s
                elements of JSON%s
                decided[bytes 40]
                """
                .formatted(lines, lines, rows, rows, table, rows, rows);
    }

    private Map<String, String> trips() throws Exception {
        Map<String, String> trips = new LinkedHashMap<>();
        Path text = root.resolve("text");
        trips.put("appended text", trip(LINES, TextFiles.append(text), TextFiles.lines(text)));
        Path packed = Files.createDirectory(root.resolve("packed"));
        RollOptions gzip = RollOptions.defaults().withPacking(RollOptions.Packing.GZIP);
        trips.put(
                "packed text",
                trip(
                        LINES,
                        TextFiles.rolling(packed).withOptions(gzip),
                        TextFiles.directory(packed, "*").withOrder(FileOrder.NAME)));
        Path turkish = root.resolve("turkish");
        Files.write(turkish, "\u00e9\u0131\n".getBytes(Charset.forName("windows-1254")));
        trips.put(
                "text of another charset",
                read(TextFiles.lines(turkish).withCharset(Charset.forName("windows-1254"))));
        Path records = root.resolve("records");
        trips.put(
                "appended records",
                trip(
                        ROWS,
                        CsvFiles.append(records, Row.class),
                        CsvFiles.records(records, Row.class)));
        Path rolled = Files.createDirectory(root.resolve("rolled"));
        trips.put(
                "rolled records",
                trip(
                        ROWS,
                        CsvFiles.rolling(rolled, Row.class),
                        CsvFiles.directory(rolled, "*.csv", Row.class)));
        Path table = root.resolve("table");
        Map<String, Object> row =
                Map.of("\u0130d", "\u00fc", "sum", new BigDecimal("1.50"), "at", Instant.EPOCH);
        trips.put(
                "appended rows",
                trip(
                        List.of(row),
                        CsvFiles.append(table, List.of("\u0130d", "sum", "at")),
                        CsvFiles.rows(table)));
        Path json = root.resolve("json");
        trips.put(
                "lines of JSON",
                trip(ROWS, JsonFiles.append(json), JsonFiles.lines(json, Row.class)));
        Path array = root.resolve("array");
        Files.writeString(
                array,
                Files.readAllLines(json, StandardCharsets.UTF_8).stream()
                        .collect(Collectors.joining(",", "{\"\u0131\":[", "]}")));
        trips.put("elements of JSON", read(JsonFiles.elements(array, "/\u0131", Row.class)));
        Path decided = HiddenFiles.beside(table, "decided");
        trips.put(
                "decided",
                "[" + Files.readAllLines(decided, StandardCharsets.UTF_8).get(0).strip() + "]");
        return trips;
    }

    private String trip(List<?> items, Sink<?> sink, FixedPartitionedSource<?, ?> source)
            throws Exception {
        write(new ArrayList<>(items), sink);
        return read(source);
    }

    @SuppressWarnings("unchecked")
    private void write(List<Object> items, Sink<?> sink) throws Exception {
        Dataflow flow = Dataflow.named("trip");
        flow.input("in", TestSource.ofElements(items)).output("out", (Sink<Object>) sink);
        Waxwing.run(flow, RecoveryOptions.in(Files.createTempDirectory(root, "store")));
    }

    private static <T, S> String read(FixedPartitionedSource<T, S> source) throws Exception {
        Collected<T> read = Collected.all(source);
        return escaped(read.items) + (read.causes.isEmpty() ? "" : read.causes);
    }

    /* Maps in order of their keys. */
    private static String escaped(List<?> items) {
        String text =
                items.stream()
                        .map(item -> item instanceof Map<?, ?> map ? new TreeMap<>(map) : item)
                        .toList()
                        .toString();
        StringBuilder escaped = new StringBuilder();
        text.chars()
                .forEach(
                        c ->
                                escaped.append(
                                        c >= ' ' && c < 0x7F
                                                ? String.valueOf((char) c)
                                                : "\\u"
                                                        + Integer.toHexString(0x10000 | c)
                                                                .substring(1)));
        return escaped.toString();
    }
}
