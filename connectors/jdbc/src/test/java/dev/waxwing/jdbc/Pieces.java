package dev.waxwing.jdbc;

import dev.waxwing.testing.PartitionReader;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reading that is interrupted after each batch. */
final class Pieces {

    private Pieces() {}

    /** All items of the first partition, which is opened anew for each batch. */
    static <T> List<T> read(JdbcSource<T> source) throws Exception {
        return read(source, null);
    }

    /** The items behind a position. */
    static <T> List<T> read(JdbcSource<T> source, @Nullable JdbcPosition from) throws Exception {
        List<T> all = new ArrayList<>();
        JdbcPosition position = from;
        while (true) {
            try (var partition = source.buildPart("flow.in", source.listParts().get(0), position)) {
                var reader = new PartitionReader<>(partition);
                all.addAll(reader.readOnce());
                if (!reader.rejected().isEmpty()) {
                    throw new AssertionError("rejected: " + reader.rejected());
                }
                if (reader.hasEnded()) {
                    return all;
                }
                position = partition.snapshot();
            }
        }
    }

    static void execute(DataSource source, String... statements) throws Exception {
        try (var connection = source.getConnection();
                var each = connection.createStatement()) {
            for (String statement : statements) {
                each.execute(statement);
            }
        }
    }
}
