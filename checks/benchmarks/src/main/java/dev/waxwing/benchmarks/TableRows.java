package dev.waxwing.benchmarks;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.function.TypeRef;
import dev.waxwing.jdbc.Database;
import dev.waxwing.jdbc.JdbcSink;
import dev.waxwing.jdbc.OnMissing;
import dev.waxwing.recovery.RecoveryOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * W9: rows into a table of a PostgreSQL server on the same machine, once by COPY by hand, a
 * transaction for so many rows, and once through a dataflow with a recovery store, an epoch a
 * second. Both ways are timed from before the first row until all are committed.
 */
final class TableRows {

    private static final int ROWS_A_TRANSACTION = 50_000;
    private static final String BY_HAND = "COPY by hand";
    private static final String BY_SINK = "Waxwing, recovery on";

    private final int rounds;
    private final int rows;
    private final Path stores;

    /**
     * @param rounds that count; one comes before as warm-up
     */
    TableRows(int rounds, int rows, Path stores) {
        this.rounds = rounds;
        this.rows = rows;
        this.stores = stores;
    }

    /** Runs both ways in turn and returns a table. */
    List<String> lines() throws Exception {
        Rates byHand = new Rates(BY_HAND);
        Rates bySink = new Rates(BY_SINK);
        String forced;
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            DataSource source = server.getPostgresDatabase();
            forced = selected(source, "show fsync");
            for (int round = 0; round <= rounds; round++) {
                double hand = timed(source, () -> byHand(source));
                String written = written(source);
                double sink = timed(source, () -> bySink(source));
                if (!written(source).equals(written)) {
                    throw new IllegalStateException(
                            BY_HAND
                                    + " wrote "
                                    + written
                                    + ", but "
                                    + BY_SINK
                                    + " "
                                    + written(source));
                }
                if (round > 0) {
                    byHand.add(hand);
                    bySink.add(sink);
                }
            }
        }
        return List.of(
                "| W9 "
                        + rows
                        + " rows into PostgreSQL, fsync "
                        + forced
                        + " | rows/s, median | min | max | to by hand |",
                "| --- | --: | --: | --: | --: |",
                byHand.line(),
                bySink.lineBeside(byHand));
    }

    /* Rows a second. */
    private double timed(DataSource source, Writing writing) throws Exception {
        execute(
                source,
                "drop table if exists sales",
                "create table sales (id bigint primary key, name text, cents bigint)",
                "drop table if exists waxwing_markers",
                "checkpoint");
        System.gc();
        long start = System.nanoTime();
        writing.write();
        return rows * 1e9 / (System.nanoTime() - start);
    }

    private void byHand(DataSource source) throws Exception {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            var copying = connection.unwrap(PGConnection.class).getCopyAPI();
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < rows; i++) {
                Sale sale = Sale.at(i);
                lines.append(sale.id()).append('\t').append(sale.name()).append('\t');
                lines.append(sale.cents()).append('\n');
                if ((i + 1) % ROWS_A_TRANSACTION == 0 || i + 1 == rows) {
                    byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
                    copying.copyIn(
                            "copy sales (id, name, cents) from stdin",
                            new ByteArrayInputStream(bytes));
                    connection.commit();
                    lines.setLength(0);
                }
            }
        }
    }

    private void bySink(DataSource source) throws Exception {
        Path store = Files.createTempDirectory(stores, "store");
        try {
            Dataflow flow = Dataflow.named("sales");
            flow.input("sales", new SaleSource(rows))
                    .output(
                            "table",
                            JdbcSink.into(Database.of(source), "sales", TypeRef.of(Sale.class))
                                    .withColumn("id", Sale::id)
                                    .withColumn("name", Sale::name)
                                    .withColumn("cents", Sale::cents)
                                    .withOnMissingMarkerTable(OnMissing.CREATE));
            Waxwing.run(flow, EmbeddedOptions.defaults().withRecovery(RecoveryOptions.in(store)));
        } finally {
            Runs.delete(store);
        }
    }

    /* What differs if a row is missing, there twice or changed. */
    private static String written(DataSource source) throws Exception {
        return selected(
                source,
                "select count(*) || ' rows, sums ' || sum(id) || ' ' || sum(cents) || ' ' ||"
                        + " sum(hashtextextended(name, id)) from sales");
    }

    private static String selected(DataSource source, String query) throws Exception {
        try (Connection connection = source.getConnection();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void execute(DataSource source, String... statements) throws Exception {
        try (Connection connection = source.getConnection();
                Statement each = connection.createStatement()) {
            for (String statement : statements) {
                each.execute(statement);
            }
        }
    }

    private interface Writing {
        void write() throws Exception;
    }
}
