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
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A steady load goes through keyed state, windows and a join into a table of a real server, rolling
 * files and appended ones, an epoch a second, in executions that are stopped and started again in
 * their process, and in processes that are killed, in turn. What they use must stay the same. An
 * hour in the slow profile; needs real time and real processes.
 */
@EnabledOnOs(OS.LINUX) // where a process uses what is told by files
final class SoakTest {

    private static final boolean SLOW = Boolean.getBoolean("waxwing.slow");
    private static final int PROCESSES = SLOW ? 6 : 3;
    private static final int EXECUTIONS = 2;
    private static final Duration EXECUTION = SLOW ? Duration.ofMinutes(5) : Duration.ofSeconds(5);
    private static final Duration YOUNG = SLOW ? Duration.ofMinutes(1) : Duration.ofSeconds(1);
    private static final Duration PAUSE = SLOW ? Duration.ofSeconds(5) : Duration.ofMillis(250);
    private static final int REST_MILLIS = 1_000;

    private static final Resource[] FLAT_OVER_EXECUTIONS =
            SLOW
                    ? Resource.values()
                    : new Resource[] {
                        Resource.HEAP, Resource.DIRECT_BUFFERS, Resource.HANDLES, Resource.THREADS
                    };

    @TempDir Path directory;

    private final Series series = new Series();

    @Test
    void steadyLoadUsesTheSameForAsLongAsItGoesOnAndLosesAndDoublesNothing() throws Exception {
        Files.createDirectory(SoakProcess.files(directory));
        Files.createDirectory(SoakProcess.appended(directory));
        try (EmbeddedPostgres server = server()) {
            String database = server.getJdbcUrl("postgres", "postgres");
            long begin = System.nanoTime();
            for (int process = 1; process <= PROCESSES; process++) {
                try (SoakChild child = SoakChild.start(directory, database, Long.MAX_VALUE)) {
                    watch(child);
                }
            }
            long endMillis = (System.nanoTime() - begin) / 1_000_000 + REST_MILLIS;
            try (SoakChild last = SoakChild.start(directory, database, endMillis)) {
                last.awaitEnd();
            }

            System.out.print(series.table());
            checkTargets(server, new ShopTruth(endMillis));
            series.checkOverExecutions(FLAT_OVER_EXECUTIONS);
            series.checkOverProcesses(Resource.values());
        }
    }

    private void watch(SoakChild child) throws Exception {
        series.beginProcess();
        for (int execution = 1; execution <= EXECUTIONS; execution++) {
            if (execution > 1) {
                child.restart();
            }
            long resumed = child.sample().doneEpoch();
            while (child.sample().doneEpoch() <= resumed) {
                Thread.sleep(PAUSE.toMillis());
            }
            Thread.sleep(YOUNG.toMillis());
            series.beginExecution();
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < EXECUTION.minus(YOUNG).toNanos()) {
                Thread.sleep(PAUSE.toMillis());
                series.add(child.sample());
            }
            System.out.print(SLOW ? series.table() : "");
        }
    }

    private void checkTargets(EmbeddedPostgres server, ShopTruth truth) throws Exception {
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
        Lines joined = new Lines();
        forEachLine(SoakProcess.appended(directory), joined::add);
        Lines sums = sums(server);

        System.out.printf(
                "soak: %d lines in rolled files, %d in appended ones, %d rows%n",
                numbered.count(), joined.count(), sums.count());
        assertThat(truth.numbered.count()).isPositive();
        assertThat(numbered.differences(truth.numbered)).as("rolled files").isEmpty();
        assertThat(joined.differences(truth.joined)).as("appended files").isEmpty();
        assertThat(sums.differences(truth.sums)).as("table").isEmpty();
    }

    private static Lines sums(EmbeddedPostgres server) throws SQLException {
        Lines sums = new Lines();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select buyer, opened, orders, total from " + ShopFlow.SUMS)) {
            while (rows.next()) {
                sums.add(
                        new Sum(
                                        rows.getString(1),
                                        rows.getLong(2),
                                        rows.getLong(3),
                                        rows.getLong(4))
                                .text());
            }
        }
        return sums;
    }

    /* Files by name, which is by writer and time. */
    private static void forEachLine(Path files, java.util.function.Consumer<String> action)
            throws IOException {
        try (Stream<Path> all = Files.list(files)) {
            all.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .forEach(
                            file -> {
                                try (Stream<String> lines = Files.lines(file)) {
                                    lines.forEach(action);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
        }
    }

    private EmbeddedPostgres server() throws IOException, SQLException {
        EmbeddedPostgres server =
                EmbeddedPostgres.builder().setDataDirectory(directory.resolve("data")).start();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table "
                            + ShopFlow.SUMS
                            + " (buyer text, opened bigint, orders bigint, total bigint)");
        }
        return server;
    }
}
