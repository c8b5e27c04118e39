package dev.waxwing.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.cli.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** All that the {@link Deliveries} read and write, and processes that run them. */
final class DeliveryPlace implements AutoCloseable {

    private final Path directory;
    private final Random random;
    private final Path lines;
    private final Path files;
    private final Path appended;
    private final Accounts accounts;
    private final Table table;
    private final MoodyEndpoint endpoint;
    private int runs;

    DeliveryPlace(Path directory, Random random) throws Exception {
        this.directory = directory;
        this.random = random;
        lines = Files.createDirectory(directory.resolve("lines"));
        files = Files.createDirectory(directory.resolve("files"));
        appended = Files.createDirectory(directory.resolve("appended"));
        accounts = new Accounts(lines, random);
        table = new Table(directory.resolve("data"));
        endpoint = new MoodyEndpoint(random);
    }

    Accounts accounts() {
        return accounts;
    }

    /** The lines that the endpoint has taken. */
    List<String> sent() {
        return endpoint.lines();
    }

    /** Starts a process that delivers, with the store in a directory and more options. */
    ChildJvm start(Path store, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add("run");
        command.add("--workers=" + (1 + random.nextInt(3)));
        command.add("--recovery-directory=" + store);
        command.add("--epoch-interval=50ms");
        command.addAll(List.of(options));
        command.addAll(
                List.of(
                        Deliveries.class.getName(),
                        lines.toString(),
                        files.toString(),
                        appended.toString(),
                        directory.resolve("outboxes").toString(),
                        table.url(),
                        endpoint.address()));
        return ChildJvm.start(Files.createDirectory(directory.resolve("run-" + runs++)), command);
    }

    /** Whether all targets have each payment once. */
    void checkAll() throws Exception {
        Collection<String> expected = accounts.expected();
        checkSame(table.lines(), expected);
        checkSame(linesIn(files), expected);
        checkSame(linesIn(appended), expected);
        checkSame(endpoint.lines(), expected);
        assertThat(endpoint.breaches()).isEmpty();
    }

    /**
     * Whether lines are the same, each as often, in any order; in time for hundreds of thousands.
     */
    static void checkSame(Collection<String> lines, Collection<String> expected) {
        assertThat(lines.stream().sorted().toList()).isEqualTo(expected.stream().sorted().toList());
    }

    /** How many lines all of the targets have, to see whether something has come. */
    List<Integer> sizes() throws IOException, SQLException {
        return List.of(
                table.lines().size(),
                linesIn(files).size(),
                linesIn(appended).size(),
                endpoint.lines().size());
    }

    /** The lines of all files that are not hidden. */
    static List<String> linesIn(Path files) throws IOException {
        List<String> all = new ArrayList<>();
        try (Stream<Path> parts = Files.list(files)) {
            for (Path part : parts.filter(DeliveryPlace::isShown).toList()) {
                all.addAll(Files.readAllLines(part));
            }
        }
        return all;
    }

    private static boolean isShown(Path file) {
        return !file.getFileName().toString().startsWith(".");
    }

    @Override
    public void close() throws IOException {
        try (table) {
            endpoint.close();
        }
    }
}
