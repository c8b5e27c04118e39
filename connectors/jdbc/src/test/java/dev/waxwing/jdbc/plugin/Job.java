package dev.waxwing.jdbc.plugin;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.function.TypeRef;
import dev.waxwing.jdbc.Database;
import dev.waxwing.jdbc.JdbcSink;
import dev.waxwing.jdbc.OnMissing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.testing.TestSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.BiFunction;
import org.h2.Driver;

/** Writes the id to a table of a database in memory, and returns what there is in it. */
public final class Job implements BiFunction<Integer, Path, List<Integer>> {

    private static final String URL =
            "jdbc:h2:mem:jobs;DB_CLOSE_DELAY=-1;INIT=create table if not exists numbers (id int)";

    @Override
    public List<Integer> apply(Integer id, Path store) {
        try {
            write(id, store);
            return written();
        } catch (Exception e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /* By the driver itself, once the dataflow has found it: its class says that it is there as soon as it is loaded. */
    private static List<Integer> written() throws SQLException {
        List<Integer> found = new ArrayList<>();
        try (Connection connection = new Driver().connect(URL, new Properties());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select id from numbers")) {
            while (rows.next()) {
                found.add(rows.getInt(1));
            }
        }
        return found;
    }

    private static void write(int id, Path store) throws InterruptedException {
        var sink =
                JdbcSink.into(Database.at(URL), "NUMBERS", TypeRef.of(Integer.class))
                        .withColumn("ID", number -> number)
                        .withOnMissingMarkerTable(OnMissing.CREATE);
        var flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(id)).output("out", sink);
        Waxwing.run(flow, EmbeddedOptions.defaults().withRecovery(RecoveryOptions.in(store)));
    }
}
