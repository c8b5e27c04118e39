package dev.waxwing.simulation;

import dev.waxwing.recovery.memory.MemoryDisk;
import dev.waxwing.recovery.memory.MemoryRecoveryStore;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.recovery.store.StoreOptions;

final class MemoryRecoveryStoreConformanceTest extends RecoveryStoreConformance {

    private final MemoryDisk disk = new MemoryDisk();

    @Override
    protected RecoveryStore open(String dataflowName, StoreOptions options) {
        return MemoryRecoveryStore.open(disk, dataflowName, options);
    }

    @Override
    protected void crash(RecoveryStore store) {
        disk.crash();
    }
}
