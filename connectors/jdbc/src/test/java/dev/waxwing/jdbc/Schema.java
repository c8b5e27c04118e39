package dev.waxwing.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A schema of its own for a test, on the PostgreSQL server of this JVM's tests. */
final class Schema {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final PGSimpleDataSource source = new PGSimpleDataSource();

    private Schema(int port, String name) {
        source.setServerNames(new String[] {"localhost"});
        source.setPortNumbers(new int[] {port});
        source.setUser("postgres");
        source.setPassword("postgres");
        source.setDatabaseName("postgres");
        source.setCurrentSchema(name);
        source.setApplicationName(name);
    }

    /**
     * A new schema, with the table of markers and {@code orders (id bigint primary key, name
     * text)}.
     */
    static Schema withOrders() throws SQLException {
        Schema schema = empty();
        schema.execute(
                "create table orders (id bigint primary key, name text)",
                "create table waxwing_markers (flow text not null, step text not null, part text not"
                        + " null, epoch bigint not null, generation bigint not null, lineage"
                        + " varchar(36) not null, owner varchar(36) not null, primary key (flow,"
                        + " step, part))");
        return schema;
    }

    static Schema empty() throws SQLException {
        String name = "test_" + COUNT.incrementAndGet();
        Schema schema = new Schema(Server.RUNNING.getPort(), name);
        schema.execute("create schema " + name);
        return schema;
    }

    PGSimpleDataSource source() {
        return source;
    }

    Database database() {
        return Database.of(source);
    }

    String name() {
        return String.valueOf(source.getCurrentSchema());
    }

    int port() {
        return source.getPortNumbers()[0];
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement each = connection.createStatement()) {
            for (String statement : statements) {
                each.execute(statement);
            }
        }
    }

    /** The values of each row, separated by spaces. */
    List<String> rows(String query) throws SQLException {
        return rows(source, query);
    }

    static List<String> rows(DataSource source, String query) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    values.add(row.getString(i));
                }
                rows.add(String.join(" ", values.stream().map(String::valueOf).toList()));
            }
            return rows;
        }
    }

    private static final class Server {

        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
