package dev.waxwing.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What is special to the store in memory; the rest is in the conformance suite of stores. */
final class MemoryRecoveryStoreTest {

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
