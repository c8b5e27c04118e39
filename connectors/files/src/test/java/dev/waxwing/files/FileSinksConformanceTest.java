package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.function.Mapper;
import dev.waxwing.simulation.disk.PowerLossDisk;
import dev.waxwing.simulation.sink.CrashKind;
import dev.waxwing.simulation.sink.SinkConformance;
import dev.waxwing.simulation.sink.SinkItem;
import dev.waxwing.simulation.sink.SinkReport;
import dev.waxwing.simulation.sink.SinkSubject;
import dev.waxwing.simulation.sink.TargetFault;
import dev.waxwing.sink.Sink;
import dev.waxwing.testing.TargetFaults;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The sinks of this module keep their promises wherever they crash, also when the power fails. */
final class FileSinksConformanceTest {

    private static final int RUNS = Boolean.getBoolean("waxwing.slow") ? 10_000 : 200;

    private static final RollOptions ROLL = RollOptions.defaults().withWriters(3).withBytesMax(12);

    private static final Form<String> TEXT =
            new Form<>(SinkItem::text, bytes -> items(text(bytes).lines().toList()));

    private static final Form<Row> CSV =
            new Form<>(
                    FileSinksConformanceTest::row,
                    bytes ->
                            items(
                                    text(bytes)
                                            .lines()
                                            .skip(1)
                                            .map(line -> line.replace(',', ':'))
                                            .toList()));

    private static final Form<Object> JSON =
            new Form<>(FileSinksConformanceTest::row, FileSinksConformanceTest::jsonItems);

    private static final Form<String> PACKED =
            new Form<>(SinkItem::text, bytes -> items(text(unpacked(bytes)).lines().toList()));

    @Test
    void rollingText() {
        passesWithMarkers(
                rolling("rolling text", TEXT, root -> TextFiles.rolling(root).withOptions(ROLL)));
    }

    @Test
    void rollingCsv() {
        passesWithMarkers(
                rolling(
                        "rolling CSV",
                        CSV,
                        root -> CsvFiles.rolling(root, Row.class).withOptions(ROLL)));
    }

    @Test
    void rollingJson() {
        passesWithMarkers(
                rolling("rolling JSON", JSON, root -> JsonFiles.rolling(root).withOptions(ROLL)));
    }

    @Test
    void rollingPackedText() {
        RollOptions packed = ROLL.withPacking(RollOptions.Packing.GZIP);
        passesWithMarkers(
                rolling(
                        "rolling gzip",
                        PACKED,
                        root -> TextFiles.rolling(root).withOptions(packed)));
    }

    @Test
    void appendedFile() {
        passes(
                appended(
                        "appended file",
                        root ->
                                TextFiles.append(root.resolve("lines"))
                                        .withOnExisting(OnExisting.TRUNCATE)));
    }

    @Test
    void appendedDirectory() {
        passes(
                appended(
                        "appended directory",
                        root -> TextFiles.appendTo(root, 3).withOnExisting(OnExisting.TRUNCATE)));
    }

    /* Readers of parts take all that they see. */
    private static <X> SinkConformance<X> rolling(
            String name, Form<X> form, Mapper<Path, Sink<X>> sink) {
        return SinkConformance.of(name, () -> new OnDisk<>(form, Files::readAllBytes, sink))
                .withRunsMax(RUNS);
    }

    /* Readers of appended files ask all the while how much they may take. */
    private static SinkConformance<String> appended(String name, Mapper<Path, Sink<String>> sink) {
        return SinkConformance.of(
                        name,
                        () -> new OnDisk<>(TEXT, FileSinksConformanceTest::decidedBytes, sink))
                .withReading(SinkConformance.Reading.MEANWHILE)
                .withRunsMax(RUNS);
    }

    private static byte[] decidedBytes(Path file) throws IOException {
        if (DecidedBytes.of(file).isEmpty()) {
            return new byte[0];
        }
        try (InputStream in = DecidedBytes.open(file)) {
            return in.readAllBytes();
        }
    }

    private static void passesWithMarkers(SinkConformance<?> suite) {
        SinkReport report = passes(suite.withMarkers());

        assertThat(report.faults()).containsKey(TargetFault.STORE_COPIED);
    }

    private static SinkReport passes(SinkConformance<?> suite) {
        SinkReport report = suite.run();

        assertThat(report.failures()).isEmpty();
        assertThat(report.unreached()).isEmpty();
        return report;
    }

    record Row(String key, long number) {}

    private static Row row(SinkItem item) {
        return new Row(item.key(), item.number());
    }

    private static List<SinkItem> items(List<String> texts) {
        return texts.stream().map(SinkItem::parse).toList();
    }

    private static List<SinkItem> jsonItems(byte[] bytes) {
        List<SinkItem> items = new ArrayList<>();
        JsonMapper mapper = JsonMapper.builder().build();
        for (String line : text(bytes).lines().toList()) {
            Row row = mapper.readValue(line, Row.class);
            items.add(new SinkItem(row.key(), row.number()));
        }
        return items;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] unpacked(byte[] bytes) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }

    /** How items are written, and read from a whole file. */
    private record Form<X>(Mapper<SinkItem, X> write, Mapper<byte[], List<SinkItem>> read) {}

    /** A directory on a disk that loses what was not forced, with the power. */
    private static final class OnDisk<X> implements SinkSubject<X> {

        private final PowerLossDisk disk = new PowerLossDisk(1);
        private final Path root = disk.mount(TargetFaults.NONE);
        private final Form<X> form;
        private final Mapper<Path, byte[]> reader;
        private final Mapper<Path, Sink<X>> sink;

        OnDisk(Form<X> form, Mapper<Path, byte[]> reader, Mapper<Path, Sink<X>> sink) {
            this.form = form;
            this.reader = reader;
            this.sink = sink;
        }

        @Override
        public Sink<X> sink(TargetFaults faults) throws Exception {
            return sink.map(disk.mount(faults));
        }

        @Override
        public X item(SinkItem item) {
            try {
                return form.write.map(item);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public List<SinkItem> committed() throws Exception {
            List<SinkItem> items = new ArrayList<>();
            for (Path file : files()) {
                if (!HiddenFiles.isOne(file)) {
                    items.addAll(form.read.map(reader.map(file)));
                }
            }
            return items;
        }

        @Override
        public List<String> garbage() throws Exception {
            return files().stream()
                    .map(Path::toString)
                    .filter(name -> name.endsWith("-staged") || name.endsWith("-open"))
                    .toList();
        }

        @Override
        public void onCrash(CrashKind kind) {
            if (kind == CrashKind.POWER_LOST) {
                disk.losePower();
            }
        }

        private List<Path> files() throws IOException {
            List<Path> files = new ArrayList<>();
            try (DirectoryStream<Path> all = Files.newDirectoryStream(root)) {
                all.forEach(files::add);
            }
            files.sort(null);
            return files;
        }
    }
}
