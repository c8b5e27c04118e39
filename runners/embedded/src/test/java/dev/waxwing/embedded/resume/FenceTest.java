package dev.waxwing.embedded.resume;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.recovery.RecoveryStore;
import dev.waxwing.recovery.SqliteRecoveryStore;
import dev.waxwing.recovery.StoreOptions;
import dev.waxwing.sink.FencedException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FenceTest {

    @TempDir private Path directory;

    @Test
    void sinkOfAnExecutionThatWasTakenOverIsFenced() throws Exception {
        try (RecoveryStore store =
                SqliteRecoveryStore.open(directory, "flow", StoreOptions.defaults())) {
            Fence fence = new Fence(store, false);
            fence.check();

            takeOver();

            assertThatThrownBy(fence::check)
                    .isInstanceOf(FencedException.class)
                    .hasMessageContaining("was taken over by generation 2");
        }
    }

    /* As another process does. */
    private void takeOver() throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + directory.resolve("recovery.sqlite"));
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO generation(number, started_at, pid, host, workers, token)"
                            + " VALUES(2, 0, 4711, 'other', 1, 'of the other')");
        }
    }
}
