package dev.waxwing.engine.compile;

import dev.waxwing.engine.worker.StateEncoding;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.sink.StoreAware.StoreFence;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How each state of a plan is encoded, and what a resumed execution begins with.
 *
 * @param store as sinks know it
 * @param encodings by state, for every state of the plan
 * @param entries by state; a state without any is absent. Each worker goes through all, several at
 *     a time, and each time they may be read anew from where they are stored
 * @param runningMillis how long the dataflow had been running
 */
public record RestoredState(
        StoreFence store,
        Map<StateId, StateEncoding> encodings,
        Map<StateId, ? extends Iterable<Entry>> entries,
        long runningMillis) {

    /** The value of a key. */
    public record Entry(Object key, Object value) {}

    StateEncoding encoding(StateId id) {
        return Objects.requireNonNull(encodings.get(id), "every state of the plan has an encoding");
    }

    /** The class that all keys of a state are of; null if there are none, or of several. */
    @Nullable Class<?> keyClass(StateId id) {
        Class<?> found = null;
        for (Entry entry : entries(id)) {
            if (found != null && found != entry.key().getClass()) {
                return null;
            }
            found = entry.key().getClass();
        }
        return found;
    }

    /** Entries that are restored of a state; empty if there are none. */
    public Iterable<Entry> entries(StateId id) {
        Iterable<Entry> found = entries.get(id);
        return found == null ? List.of() : found;
    }
}
