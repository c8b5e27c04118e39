package dev.waxwing.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class MemoryRecoveryStoreTest extends RecoveryStoreContract {

    private final MemoryDisk disk = new MemoryDisk();

    @Override
    protected RecoveryStore open(String dataflowName, StoreOptions options) {
        return MemoryRecoveryStore.open(disk, dataflowName, options);
    }

    @Override
    protected void crash(RecoveryStore store) {
        disk.crash();
    }

    @Test
    void faultBeforeTheAtomicPointLeavesNothing() {
        assertThat(decidedAfterFaultAt("decide.before")).isZero();
    }

    @Test
    void faultAfterTheAtomicPointLeavesEverything() {
        assertThat(decidedAfterFaultAt("decide.after")).isEqualTo(1);
    }

    private static long decidedAfterFaultAt(String fault) {
        MemoryDisk faulty = new MemoryDisk();
        FaultHook hook =
                operation -> {
                    if (operation.equals(fault)) {
                        throw new IllegalStateException(operation);
                    }
                };
        RecoveryStore store =
                MemoryRecoveryStore.open(faulty, "orders", StoreOptions.defaults(), hook);
        assertThatThrownBy(() -> store.decide(EpochSnapshot.of(1))).hasMessage(fault);
        faulty.crash();
        return MemoryRecoveryStore.open(faulty, "orders", StoreOptions.defaults()).decidedEpoch();
    }

    @Test
    void storeThatLostItsDiskToACrashIsRefused() {
        MemoryDisk lost = new MemoryDisk();
        RecoveryStore old = MemoryRecoveryStore.open(lost, "orders", StoreOptions.defaults());
        lost.crash();
        MemoryRecoveryStore.open(lost, "orders", StoreOptions.defaults());

        assertThatThrownBy(() -> old.decide(EpochSnapshot.of(1)))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("was taken from generation 1");
    }
}
