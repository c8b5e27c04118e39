package dev.waxwing.jdbc;

import dev.waxwing.function.TypeRef;
import dev.waxwing.simulation.sink.CrashKind;
import dev.waxwing.simulation.sink.SinkItem;
import dev.waxwing.simulation.sink.SinkSubject;
import dev.waxwing.sink.Sink;
import dev.waxwing.testing.TargetFaults;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** A table as a target of the conformance kit. */
final class JdbcSubject implements SinkSubject<String> {

    private static final String INTO_MARKERS =
            "prepare update \"waxwing_markers\" set \"epoch\" = ";
    private static final String LOCK = INTO_MARKERS + "\"epoch\"";
    private static final String INTO_ITEMS = "prepare insert into \"items\"";

    /** How the sink writes, and whose key an item is. */
    enum Form {

        /** Rows are inserted. */
        APPENDED {
            @Override
            Sink<String> of(JdbcSink<String> sink) {
                return sink;
            }
        },

        /** Rows are inserted or replaced by their keys. */
        KEYED {
            @Override
            Sink<String> of(JdbcSink<String> sink) {
                return sink.withKeys("item");
            }
        },

        /** Rows are inserted at once, if their keys are not there. */
        BY_OFFSET {
            @Override
            Sink<String> of(JdbcSink<String> sink) {
                return sink.withKeys("item").asOffsetSink();
            }
        };

        abstract Sink<String> of(JdbcSink<String> sink);
    }

    private final DataSource source;
    private final Form form;
    private final List<Connection> open = new ArrayList<>();

    /** A database in memory lives as long as somebody is connected. */
    private final Connection keeper;

    /**
     * @param source of a database without tables
     * @param place definition of a column that counts rows
     */
    JdbcSubject(DataSource source, String place, Form form) throws SQLException {
        this.source = source;
        this.form = form;
        this.keeper = source.getConnection();
        execute(
                "create table \"items\" (\"place\" "
                        + place
                        + ", \"item\" varchar(99)"
                        + (form == Form.APPENDED ? ")" : " unique)"),
                "create table \"waxwing_markers\" (\"flow\" varchar(99), \"step\" varchar(99),"
                        + " \"part\" varchar(99), \"epoch\" bigint, \"generation\" bigint,"
                        + " \"lineage\" varchar(36), \"owner\" varchar(36), primary key (\"flow\","
                        + " \"step\", \"part\"))");
    }

    @Override
    public Sink<String> sink(TargetFaults faults) {
        return form.of(
                JdbcSink.into(
                                Database.of(HookedSource.of(source, new Hook(faults))),
                                "items",
                                TypeRef.of(String.class))
                        .withColumn("item", item -> item)
                        .withWriters(3));
    }

    @Override
    public String item(SinkItem item) {
        return item.text();
    }

    @Override
    public List<SinkItem> committed() throws SQLException {
        return Schema.rows(source, "select \"item\" from \"items\" order by \"place\"").stream()
                .map(SinkItem::parse)
                .toList();
    }

    @Override
    public void onCrash(CrashKind kind) throws SQLException {
        for (Connection connection : open) {
            connection.close();
        }
        open.clear();
    }

    @Override
    public Backup backUp() throws SQLException {
        execute(
                "drop table if exists \"backup\"",
                "create table \"backup\" as select * from \"waxwing_markers\"");
        return () ->
                execute(
                        "delete from \"waxwing_markers\"",
                        "insert into \"waxwing_markers\" select * from \"backup\"");
    }

    @Override
    public void close() throws SQLException {
        onCrash(CrashKind.PROCESS_KILLED);
        keeper.close();
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement each = connection.createStatement()) {
            for (String statement : statements) {
                each.execute(statement);
            }
        }
    }

    /** Tells the kit that rows are sent and the marker is not. */
    private final class Hook implements HookedSource.Hook {

        private final TargetFaults faults;
        private boolean rowsAreSent;

        Hook(TargetFaults faults) {
            this.faults = faults;
        }

        @Override
        public void at(String point, Connection connection) throws SQLException {
            if (point.equals("opened")) {
                open.add(connection);
            } else if (point.equals("unwrap") || point.startsWith(INTO_ITEMS)) {
                rowsAreSent = true;
            } else if (point.startsWith(INTO_MARKERS)) {
                // The first of a transaction locks, the second comes behind the rows.
                boolean isBehindRows = rowsAreSent && !point.startsWith(LOCK);
                rowsAreSent = false;
                if (isBehindRows) {
                    fail(connection);
                }
            }
        }

        private void fail(Connection connection) throws SQLException {
            try {
                faults.at("apply.middle");
            } catch (RuntimeException crash) {
                throw crash;
            } catch (Exception lost) {
                connection.close();
                throw new SQLException("connection lost", "08006", lost);
            }
        }
    }
}
