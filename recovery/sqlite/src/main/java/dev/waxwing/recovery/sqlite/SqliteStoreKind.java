package dev.waxwing.recovery.sqlite;

import dev.waxwing.recovery.StoreLocation;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.recovery.store.StoreKind;
import dev.waxwing.recovery.store.StoreOptions;
import dev.waxwing.recovery.store.StoreReader;
import dev.waxwing.recovery.store.StoreRemoval;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The kind {@code sqlite}, whose places are directories; made by the service loader. */
public final class SqliteStoreKind implements StoreKind {

    /** For the service loader. */
    public SqliteStoreKind() {}

    @Override
    public String name() {
        return StoreLocation.SQLITE;
    }

    @Override
    public RecoveryStore open(String place, String dataflowName, StoreOptions options) {
        return SqliteRecoveryStore.open(Path.of(place), dataflowName, options);
    }

    @Override
    public StoreReader read(String place) {
        return SqliteRecoveryStore.read(Path.of(place));
    }

    @Override
    public StoreRemoval hold(String place, String dataflowName, @Nullable String formerName) {
        return SqliteStoreRemoval.hold(Path.of(place), dataflowName, formerName);
    }
}
