package dev.waxwing.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.cli.soak.ShopFlow.Sum;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** All that the {@link ShopFlow} writes to, and processes that run it. */
final class ShopPlace implements AutoCloseable {

    private final Path directory;
    private final EmbeddedPostgres server;

    ShopPlace(Path directory) throws IOException, SQLException {
        this.directory = directory;
        Files.createDirectory(SoakProcess.files(directory));
        Files.createDirectory(SoakProcess.appended(directory));
        server = EmbeddedPostgres.builder().setDataDirectory(directory.resolve("data")).start();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table "
                            + ShopFlow.SUMS
                            + " (buyer text, opened bigint, orders bigint, total bigint)");
        }
    }

    /** Starts a process that goes on until it is killed. */
    SoakChild start() throws IOException {
        return startUpTo(Long.MAX_VALUE);
    }

    /** Starts a process that ends with the items of a time. */
    SoakChild startUpTo(long endMillis) throws IOException {
        String database = server.getJdbcUrl("postgres", "postgres");
        return SoakChild.start(directory, database, endMillis);
    }

    /** Whether all targets have what has to come of all items before a time, each once. */
    void check(long endMillis) throws IOException, SQLException {
        ShopTruth truth = new ShopTruth(endMillis);
        Lines numbered = numbered();
        Lines joined = new Lines();
        forEachLine(SoakProcess.appended(directory), joined::add);
        Lines sums = sums();

        System.out.printf(
                "soak: %d lines in rolled files, %d in appended ones, %d rows%n",
                numbered.count(), joined.count(), sums.count());
        assertThat(truth.numbered.count()).isPositive();
        assertThat(numbered.differences(truth.numbered)).as("rolled files").isEmpty();
        assertThat(joined.differences(truth.joined)).as("appended files").isEmpty();
        assertThat(sums.differences(truth.sums)).as("table").isEmpty();
    }

    /* The orders of each user come as they are numbered. */
    private Lines numbered() throws IOException {
        Map<String, Long> numbers = new HashMap<>();
        Lines numbered = new Lines();
        forEachLine(
                SoakProcess.files(directory),
                line -> {
                    String[] fields = line.split(" ", -1);
                    long number = Long.parseLong(fields[1]);
                    assertThat(number).as(line).isEqualTo(numbers.merge(fields[0], 1L, Long::sum));
                    numbered.add(line);
                });
        return numbered;
    }

    private Lines sums() throws SQLException {
        Lines sums = new Lines();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select buyer, opened, orders, total from " + ShopFlow.SUMS)) {
            while (rows.next()) {
                Sum sum =
                        new Sum(
                                rows.getString(1),
                                rows.getLong(2),
                                rows.getLong(3),
                                rows.getLong(4));
                sums.add(sum.text());
            }
        }
        return sums;
    }

    /* Files by name, which is by writer and time. */
    private static void forEachLine(Path files, Consumer<String> action) throws IOException {
        try (Stream<Path> all = Files.list(files)) {
            for (Path file : all.filter(ShopPlace::isShown).sorted().toList()) {
                try (Stream<String> lines = Files.lines(file)) {
                    lines.forEach(action);
                } catch (UncheckedIOException e) {
                    throw e.getCause();
                }
            }
        }
    }

    private static boolean isShown(Path file) {
        return !file.getFileName().toString().startsWith(".");
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
