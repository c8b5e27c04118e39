package dev.waxwing.embedded;

import dev.waxwing.recovery.StoreLocation;
import dev.waxwing.recovery.memory.MemoryDisk;
import dev.waxwing.recovery.memory.MemoryRecoveryStore;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.recovery.store.StoreKind;
import dev.waxwing.recovery.store.StoreOptions;
import dev.waxwing.recovery.store.StoreReader;
import dev.waxwing.recovery.store.StoreRemoval;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A kind of store that an application has made by itself; its places are names of disks. */
public final class NamedDisks implements StoreKind {

    private static final Map<String, MemoryDisk> DISKS = new ConcurrentHashMap<>();

    public NamedDisks() {}

    /** A disk that nobody else has. */
    static StoreLocation anywhere() {
        return new StoreLocation("named-disk", UUID.randomUUID().toString());
    }

    @Override
    public String name() {
        return "named-disk";
    }

    @Override
    public RecoveryStore open(String place, String dataflowName, StoreOptions options) {
        MemoryDisk disk = DISKS.computeIfAbsent(place, unknown -> new MemoryDisk());
        return MemoryRecoveryStore.open(disk, dataflowName, options);
    }

    @Override
    public StoreReader read(String place) {
        throw new UnsupportedOperationException(place);
    }

    @Override
    public StoreRemoval hold(String place, String dataflowName, @Nullable String formerName) {
        throw new UnsupportedOperationException(place);
    }
}
