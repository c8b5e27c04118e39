package dev.waxwing.recovery;

import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

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
