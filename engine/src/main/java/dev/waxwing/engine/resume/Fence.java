package dev.waxwing.engine.resume;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.sink.FencedException;
import dev.waxwing.sink.StoreAware.StoreFence;
import java.util.UUID;

/** The store of this execution, as sinks know it. */
record Fence(RecoveryStore store, boolean adopts) implements StoreFence {

    @Override
    public UUID lineage() {
        return store.lineage();
    }

    @Override
    public long generation() {
        return store.generation();
    }

    @Override
    public UUID token() {
        return store.token();
    }

    @Override
    public boolean hadExecution(long generation, UUID token) {
        return store.hadExecution(generation, token);
    }

    @Override
    public long takenOverGeneration() {
        return store.takenOverGeneration();
    }

    @Override
    public void check() throws FencedException {
        try {
            store.checkNotTakenOver();
        } catch (RecoveryException e) {
            if (e.isTakenOver()) {
                throw new FencedException(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }
}
