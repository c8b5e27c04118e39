package dev.waxwing.recovery;

final class MemoryRecoveryStoreModelTest extends RecoveryStoreModelContract {

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
