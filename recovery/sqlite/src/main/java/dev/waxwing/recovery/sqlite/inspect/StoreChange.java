package dev.waxwing.recovery.sqlite.inspect;

import dev.waxwing.recovery.page.StateId;
import dev.waxwing.recovery.store.StoreReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a key between two epochs. Immutable.
 *
 * @param state that it belongs to
 * @param key as text
 * @param before its value in the first epoch; null if it was not there
 * @param after its value in the second epoch; null if it is not there
 */
public record StoreChange(
        StateId state, String key, @Nullable String before, @Nullable String after) {

    private static final Comparator<StoreChange> ORDER =
            Comparator.comparing(StoreChange::state).thenComparing(StoreChange::key);

    /**
     * All keys whose values differ between two epochs, ordered by state and key. Holds the whole
     * state of the first one in memory.
     *
     * @throws dev.waxwing.recovery.RecoveryException if one of them is not restorable
     */
    public static List<StoreChange> between(StoreReader reader, long first, long second) {
        StoreEntries entries = new StoreEntries(reader);
        Map<Place, String> before = new HashMap<>();
        entries.forEach(
                first, entry -> before.put(new Place(entry.state(), entry.key()), entry.value()));
        List<StoreChange> changes = new ArrayList<>();
        entries.forEach(
                second,
                entry -> {
                    String old = before.remove(new Place(entry.state(), entry.key()));
                    if (!entry.value().equals(old)) {
                        changes.add(
                                new StoreChange(entry.state(), entry.key(), old, entry.value()));
                    }
                });
        before.forEach(
                (place, old) ->
                        changes.add(new StoreChange(place.state(), place.key(), old, null)));
        changes.sort(ORDER);
        return List.copyOf(changes);
    }

    private record Place(StateId state, String key) {}
}
