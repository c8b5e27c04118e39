package dev.waxwing.recovery;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteRecoveryStoreTest extends RecoveryStoreContract {

    @TempDir private Path directory;

    @Override
    protected RecoveryStore open(String dataflowName, StoreOptions options) {
        return SqliteRecoveryStore.open(directory.resolve("store"), dataflowName, options);
    }

    /** What the operating system does at the end of a process is to close everything. */
    @Override
    protected void crash(RecoveryStore store) {
        store.close();
    }
}
