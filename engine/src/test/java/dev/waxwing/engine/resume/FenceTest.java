package dev.waxwing.engine.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.sqlite.SqliteRecoveryStore;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.recovery.store.StoreOptions;
import dev.waxwing.sink.FencedException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
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

    @Test
    void storeThatCannotBeReadIsNoTakeOver() throws Exception {
        RecoveryStore store = SqliteRecoveryStore.open(directory, "flow", StoreOptions.defaults());
        Fence fence = new Fence(store, false);
        store.close();

        assertThatThrownBy(fence::check).isNotInstanceOf(FencedException.class);
    }

    @Test
    void storeOnADiskThatFailsIsNoTakeOver() throws Exception {
        try (RecoveryStore store =
                SqliteRecoveryStore.open(directory, "flow", StoreOptions.defaults())) {
            Fence fence = new Fence(store, false);
            fence.check();

            execute("ALTER TABLE generation RENAME TO lost");

            assertThatThrownBy(fence::check)
                    .isInstanceOf(RecoveryException.class)
                    .isNotInstanceOf(FencedException.class);
        }
    }

    @Test
    void sinksHearWhatTheStoreKnowsOfExecutions() {
        UUID first;
        try (RecoveryStore store =
                SqliteRecoveryStore.open(directory, "flow", StoreOptions.defaults())) {
            first = store.token();
        }
        try (RecoveryStore store =
                SqliteRecoveryStore.open(directory, "flow", StoreOptions.defaults())) {
            Fence fence = new Fence(store, true);

            assertThat(fence.hadExecution(1, first)).isTrue();
            assertThat(fence.hadExecution(1, new UUID(0, 1))).isFalse();
            assertThat(fence.hadExecution(2, store.token())).isFalse();
            assertThat(fence.generation()).isEqualTo(2);
            assertThat(fence.lineage()).isEqualTo(store.lineage());
            assertThat(fence.token()).isEqualTo(store.token());
            assertThat(fence.adopts()).isTrue();
        }
    }

    @Test
    void sinksHearWhichExecutionWasTakenOverLast() {
        RecoveryStore store =
                (RecoveryStore)
                        Proxy.newProxyInstance(
                                FenceTest.class.getClassLoader(),
                                new Class<?>[] {RecoveryStore.class},
                                (proxy, method, arguments) -> {
                                    assertThat(method.getName()).isEqualTo("takenOverGeneration");
                                    return 7L;
                                });

        assertThat(new Fence(store, false).takenOverGeneration()).isEqualTo(7);
    }

    /* As another process does. */
    private void takeOver() throws SQLException {
        execute(
                "INSERT INTO generation(number, started_at, pid, host, workers, token)"
                        + " VALUES(2, 0, 4711, 'other', 1, 'of the other')");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + directory.resolve("recovery.sqlite"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
