package dev.waxwing.recovery.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.codec.ByteOutput;
import dev.waxwing.recovery.segment.SegmentWriter;
import dev.waxwing.recovery.store.EpochSnapshot;
import dev.waxwing.recovery.store.FaultHook;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.recovery.store.StoreOptions;
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

    @Test
    void bytesThatWereNotForcedSurviveACrashAsFarAsIsWanted() {
        MemoryDisk disk = new MemoryDisk();
        RecoveryStore store = MemoryRecoveryStore.open(disk, "orders", StoreOptions.defaults());
        store.segments().put("forced", new byte[] {1});
        write(store, "written");

        disk.crash(unforced -> unforced / 2);

        assertThat(disk.segmentNames()).containsExactly("forced", "written");

        disk.crash(unforced -> 0);

        assertThat(disk.segmentNames()).containsExactly("forced");
    }

    @Test
    void copyOfADiskIsWhatWasDurable() {
        MemoryDisk disk = new MemoryDisk();
        RecoveryStore store = MemoryRecoveryStore.open(disk, "orders", StoreOptions.defaults());
        store.decide(EpochSnapshot.of(1));
        store.segments().put("forced", new byte[] {1});
        write(store, "unforced");

        MemoryDisk copy = disk.copy();
        store.decide(EpochSnapshot.of(2));

        RecoveryStore other = MemoryRecoveryStore.open(copy, "orders", StoreOptions.defaults());
        assertThat(copy.segmentNames()).containsExactly("forced");
        assertThat(other.decidedEpoch()).isEqualTo(1);
        assertThat(other.lineage()).isEqualTo(store.lineage());
        assertThat(other.generation()).isEqualTo(store.generation() + 1);
    }

    private static void write(RecoveryStore store, String name) {
        ByteOutput entry = new ByteOutput();
        for (int i = 0; i <= SegmentWriter.CHUNK_BYTES; i++) {
            entry.write(new byte[] {7}, 0, 1);
        }
        store.segments().create(name).add(entry);
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
