package dev.waxwing.recovery.store;

import dev.waxwing.recovery.StoreLocation;
import org.jspecify.annotations.Nullable;

/**
 * A kind of recovery store, by which a {@link StoreLocation} is opened.
 *
 * <p>Found by {@link java.util.ServiceLoader}: an artifact that has one names its class in {@code
 * META-INF/services/dev.waxwing.recovery.store.StoreKind}, and the class has a public constructor
 * without parameters. Whoever writes one holds its stores to the conformance suite in {@code
 * waxwing-simulation}. Stateless; called by any thread.
 */
public interface StoreKind {

    /** By which a location names this kind, such as {@code sqlite}; no two kinds share one. */
    String name();

    /**
     * Opens a store for one execution; makes it if it is missing. The caller closes it.
     *
     * @param place where it is, in the terms of this kind
     * @param dataflowName that the store belongs to, if it is not new
     * @throws dev.waxwing.recovery.RecoveryException if the store is in use and not to be taken
     *     over, belongs to another dataflow, is of another format, is damaged, or cannot be written
     *     to; it is not changed then
     * @throws IllegalArgumentException if there can be no such place
     */
    RecoveryStore open(String place, String dataflowName, StoreOptions options);

    /**
     * Opens a store for looking at it, also while an execution uses it. The caller closes it.
     *
     * @param place where it is, in the terms of this kind
     * @throws dev.waxwing.recovery.RecoveryException if there is none, or it cannot be read
     * @throws IllegalArgumentException if there can be no such place
     */
    StoreReader read(String place);

    /**
     * Holds a store in order to remove it. The caller closes what is returned.
     *
     * @param place where it is, in the terms of this kind; there may be none
     * @param dataflowName that the store has to belong to
     * @param formerName to which it may belong instead; null if there is none
     * @throws dev.waxwing.recovery.RecoveryException if an execution uses it, it belongs to another
     *     dataflow, or the place cannot be used
     * @throws IllegalArgumentException if there can be no such place
     */
    StoreRemoval hold(String place, String dataflowName, @Nullable String formerName);

    /**
     * The kind that a location names: one beside this library, else one that the context class
     * loader of the calling thread sees.
     *
     * @throws dev.waxwing.recovery.RecoveryException if there is none; says which ones there are
     *     and what to add
     */
    static StoreKind of(StoreLocation location) {
        return new KindSearch(location).find();
    }
}
