package dev.waxwing.simulation;

import dev.waxwing.recovery.sqlite.SqliteRecoveryStore;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.recovery.store.StoreOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteRecoveryStoreModelTest extends RecoveryStoreModelContract {

    @TempDir private Path directory;

    @Override
    protected RecoveryStore open(String dataflowName, StoreOptions options) {
        return SqliteRecoveryStore.open(directory, dataflowName, options);
    }

    @Override
    protected void crash(RecoveryStore store) {
        store.close();
    }
}
