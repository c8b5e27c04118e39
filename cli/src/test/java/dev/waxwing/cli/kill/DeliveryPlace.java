package dev.waxwing.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.cli.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All that the {@link Deliveries} read and write, and processes that run them. */
final class DeliveryPlace implements AutoCloseable {

    private final Path directory;
    private final Random random;
    private final Path lines;
    private final Path targets;
    private final Path files;
    private final Path appended;
    private final Accounts accounts;
    private final Table table;
    private final CommitFaults faults;
    private final FaultyProxy proxy;
    private final MoodyEndpoint endpoint;
    private int runs;

    DeliveryPlace(Path directory, Random random) throws Exception {
        this.directory = directory;
        this.random = random;
        lines = Files.createDirectory(directory.resolve("lines"));
        targets = Files.createDirectory(directory.resolve("targets"));
        files = Files.createDirectory(targets.resolve("files"));
        appended = Files.createDirectory(targets.resolve("appended"));
        accounts = new Accounts(lines, new Random(random.nextLong()));
        table = new Table(directory.resolve("data"));
        faults = new CommitFaults(new Random(random.nextLong()));
        proxy = new FaultyProxy(table.port(), faults);
        endpoint = new MoodyEndpoint(new Random(random.nextLong()));
    }

    Accounts accounts() {
        return accounts;
    }

    Table table() {
        return table;
    }

    /** Those of the way to the table. */
    CommitFaults faults() {
        return faults;
    }

    FaultyProxy proxy() {
        return proxy;
    }

    MoodyEndpoint endpoint() {
        return endpoint;
    }

    FilesReader filesReader() {
        return new FilesReader(files, appended);
    }

    int runs() {
        return runs;
    }

    /** Of the last run. */
    Path runDirectory() {
        return directory.resolve("run-" + runs);
    }

    /** Holds the process that is started next when it comes to a phase for the so-manieth time. */
    Hold hold(Phase phase, int times) throws IOException {
        CodePoint point = phase.point();
        return point == null ? faults.holdAnswer(times) : new Debugger(point, times);
    }

    /** Starts a process that delivers, with the store in a directory and more options. */
    ChildJvm start(Path store, String... options) throws IOException {
        return start(store, Duration.ofMillis(50), List.of(), options);
    }

    /** The same with epochs of another length and options of the JVM. */
    ChildJvm start(Path store, Duration epochs, List<String> jvmOptions, String... options)
            throws IOException {
        runs++;
        List<String> command = new ArrayList<>();
        command.add("run");
        command.add("--workers=" + (1 + random.nextInt(3)));
        command.add("--recovery-directory=" + store);
        command.add("--epoch-interval=" + epochs.toMillis() + "ms");
        command.addAll(List.of(options));
        command.addAll(
                List.of(
                        Deliveries.class.getName(),
                        lines.toString(),
                        targets.toString(),
                        runDirectory().toString(),
                        Table.url(proxy.port()),
                        endpoint.address()));
        return ChildJvm.start(Files.createDirectory(runDirectory()), jvmOptions, command);
    }

    /** Whether all targets have what they are to have, each once and in order. */
    void checkAll() throws Exception {
        Collection<String> expected = accounts.expected();
        checkSame("the table", table.payments(), expected);
        checkSame("the table of sums", table.sums(), accounts.expectedWindows());
        checkSame("the rolled files", linesIn(files), expected);
        checkSame("the appended files", linesIn(appended), expected);
        checkSame("the endpoint", endpoint.lines(), expected);
        checkSame("what is printed", printed(), expected);
        assertThat(table.outOfOrder()).isEmpty();
        checkOrder(linesIn(files));
        checkOrder(linesIn(appended));
        checkOrder(endpoint.lines());
        assertThat(endpoint.breaches()).isEmpty();
        for (String name : Table.NAMES) {
            assertThat(table.epochs(name)).isEqualTo(RecordedSink.read(targets.resolve(name)));
            assertThat(table.epochsOfSeveralTransactions(name)).isEmpty();
        }
    }

    /** As {@link #checkAll}, but for an endpoint that may have been sent something again. */
    void checkTablesAndFiles() throws Exception {
        Collection<String> expected = accounts.expected();
        checkSame("the table", table.payments(), expected);
        checkSame("the table of sums", table.sums(), accounts.expectedWindows());
        checkSame("the rolled files", linesIn(files), expected);
        checkSame("the appended files", linesIn(appended), expected);
        assertThat(endpoint.lines()).containsAll(expected);
    }

    /** Takes away what tables and rolled files have of later epochs. */
    void removeAfter(long epoch) throws Exception {
        table.removeAfter(epoch);
        for (Path part : FilesReader.shownIn(files)) {
            if (FilesReader.epochOf(part) > epoch) {
                Files.delete(part);
            }
        }
    }

    /** Waits until something has come to the endpoint, or the process has ended. */
    void awaitDelivery(ChildJvm run) throws Exception {
        int before = endpoint.lines().size();
        while (endpoint.lines().size() == before && !run.endsWithin(1)) {
            Thread.onSpinWait();
        }
    }

    /** How many lines all of the targets have, to see whether something has come. */
    List<Integer> sizes() throws IOException, SQLException {
        return List.of(
                table.payments().size(),
                table.sums().size(),
                linesIn(files).size(),
                linesIn(appended).size(),
                endpoint.lines().size());
    }

    /* Says what is lost and what is doubled, rather than all there is. */
    private static void checkSame(
            String target, Collection<String> lines, Collection<String> expected) {
        Map<String, Integer> surplus = new TreeMap<>();
        lines.forEach(line -> surplus.merge(line, 1, Integer::sum));
        expected.forEach(line -> surplus.merge(line, -1, Integer::sum));
        surplus.values().removeIf(count -> count == 0);
        assertThat(surplus).as("lines of %s that are lost, or there too often", target).isEmpty();
    }

    /* The payments of each account come as they are numbered. */
    private static void checkOrder(List<String> lines) {
        Map<String, Long> last = new HashMap<>();
        for (String line : lines) {
            String[] fields = line.split(" ", -1);
            long number = Long.parseLong(fields[1]);
            Long before = last.put(fields[0], number);
            assertThat(number).as(line).isEqualTo(before == null ? 1 : before + 1);
        }
    }

    /* The lines of all files that can be seen. */
    private static List<String> linesIn(Path directory) throws IOException {
        List<String> all = new ArrayList<>();
        for (Path part : FilesReader.shownIn(directory)) {
            all.addAll(Files.readAllLines(part));
        }
        return all;
    }

    /* What all runs have printed, as often as it may be; the last line of a killed one may be half. */
    private Set<String> printed() throws IOException {
        Set<String> printed = new TreeSet<>();
        for (int run = 1; run <= runs; run++) {
            String text = Files.readString(directory.resolve("run-" + run).resolve("stdout"));
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            assertThat(whole).doesNotContain(Deliveries.LATE);
            try (Stream<String> lines = whole.lines()) {
                lines.filter(line -> line.startsWith(Deliveries.PAID))
                        .forEach(line -> printed.add(line.substring(Deliveries.PAID.length())));
            }
        }
        return printed;
    }

    @Override
    public void close() throws IOException {
        try (table;
                proxy) {
            endpoint.close();
        }
    }
}
