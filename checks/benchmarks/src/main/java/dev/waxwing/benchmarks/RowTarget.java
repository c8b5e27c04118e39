package dev.waxwing.benchmarks;

import dev.waxwing.Stream;
import dev.waxwing.function.TypeRef;
import dev.waxwing.jdbc.Database;
import dev.waxwing.jdbc.JdbcSink;
import dev.waxwing.jdbc.OnMissing;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.StatelessSinkPartition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** Sales in rows of a table of a PostgreSQL server. */
final class RowTarget implements SaleTarget {

    private final DataSource server;
    private final boolean transactional;

    /**
     * @param transactional with the epoch, or else inserted in batches, each in a transaction, at
     *     least once
     */
    RowTarget(DataSource server, boolean transactional) throws SQLException {
        this.server = server;
        this.transactional = transactional;
        execute(
                "drop table if exists sales",
                "create table sales (id bigint primary key, name text, cents bigint)",
                "drop table if exists waxwing_markers",
                "checkpoint");
    }

    @Override
    public String name() {
        return transactional
                ? "rows in PostgreSQL, exactly once, with the epoch"
                : "rows in PostgreSQL, at least once, batched inserts";
    }

    @Override
    public boolean needsRecovery() {
        return transactional;
    }

    @Override
    public int manySales() {
        return 500_000;
    }

    @Override
    public void take(Stream<Sale> sales) {
        if (transactional) {
            sales.output(
                    "table",
                    JdbcSink.into(Database.of(server), "sales", TypeRef.of(Sale.class))
                            .withColumn("id", Sale::id)
                            .withColumn("name", Sale::name)
                            .withColumn("cents", Sale::cents)
                            .withOnMissingMarkerTable(OnMissing.CREATE));
        } else {
            sales.output("table", new Inserting(server));
        }
    }

    @Override
    public long visible() throws SQLException {
        try (Connection connection = server.getConnection();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("select coalesce(max(id) + 1, 0) from sales")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        execute("drop table sales");
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = server.getConnection();
                Statement each = connection.createStatement()) {
            for (String statement : statements) {
                each.execute(statement);
            }
        }
    }

    /** A transaction for each batch, as one writes it without any promise. */
    private static final class Inserting implements DynamicSink<Sale> {

        private static final long serialVersionUID = 1L;

        private final transient DataSource server;

        Inserting(DataSource server) {
            this.server = server;
        }

        @Override
        public StatelessSinkPartition<Sale> build(String stepId, int workerIndex, int workerCount)
                throws SQLException {
            Connection connection = server.getConnection();
            connection.setAutoCommit(false);
            PreparedStatement insert =
                    connection.prepareStatement(
                            "insert into sales (id, name, cents) values (?, ?, ?)");
            return new StatelessSinkPartition<>() {
                @Override
                public void writeBatch(List<Sale> sales) throws SQLException {
                    for (Sale sale : sales) {
                        insert.setLong(1, sale.id());
                        insert.setString(2, sale.name());
                        insert.setLong(3, sale.cents());
                        insert.addBatch();
                    }
                    insert.executeBatch();
                    connection.commit();
                }

                @Override
                public void close() throws SQLException {
                    connection.close();
                }
            };
        }
    }
}
