package dev.waxwing.embedded;

import dev.waxwing.engine.resume.Memories;
import dev.waxwing.plan.Plan;
import dev.waxwing.recovery.StoreLocation;
import dev.waxwing.recovery.store.StoreKind;
import dev.waxwing.recovery.store.StoreRemoval;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starting over: removes the recovery store of a dataflow and has the targets of its sinks forget
 * it, so that the next execution begins as the first one did. What was delivered stays: rows,
 * files, requests.
 *
 * <pre>{@code
 * try (Reset reset = Reset.of(flow.plan(), directory)) {
 *     reset.removes().forEach(System.out::println);
 *     reset.run();
 * }
 * }</pre>
 *
 * <p>Until it is closed, no execution begins with the store. Confined to one thread.
 */
public final class Reset implements AutoCloseable {

    /*
     * The targets come first, as the store tells under which names they know the dataflow. Whoever is stopped in
     * between does it again; a start meanwhile finds targets that have forgotten what the store counts on, or, when the
     * store is half removed, none that it can use.
     */

    private final StoreLocation location;
    private final StoreRemoval store;
    private final Memories memories;

    private Reset(StoreLocation location, StoreRemoval store, Memories memories) {
        this.location = location;
        this.store = store;
        this.memories = memories;
    }

    /**
     * Looks at the store and at all targets, and changes nothing. Either may be missing.
     *
     * @param directory of a recovery store of SQLite
     * @throws dev.waxwing.recovery.RecoveryException if an execution uses the store, or it belongs
     *     to another dataflow
     * @throws dev.waxwing.step.StepFailedException if a target cannot be asked
     */
    public static Reset of(Plan plan, Path directory) {
        return of(plan, StoreLocation.in(directory));
    }

    /** As {@link #of(Plan, Path)}, for a store of any kind. */
    public static Reset of(Plan plan, StoreLocation location) {
        StoreRemoval store =
                StoreKind.of(location)
                        .hold(location.place(), plan.dataflowName(), plan.formerDataflowName());
        try {
            return new Reset(location, store, Memories.of(plan, store));
        } catch (Throwable thrown) {
            store.close();
            throw thrown;
        }
    }

    /**
     * Whether there is a store, or something of one. If there is none, another place may have been
     * meant: targets forget the store all the same, wherever it is.
     */
    public boolean hasStore() {
        return store.isNeeded();
    }

    /** What {@link #run} removes, a line each; empty if there is nothing to be done. */
    public List<String> removes() {
        List<String> all = new ArrayList<>(memories.found());
        if (hasStore()) {
            all.add("recovery store " + location.place() + contents());
        }
        return all;
    }

    /**
     * Sinks that may keep a marker and cannot be reset, or could not be looked at, a line each; the
     * next execution may be refused by their targets.
     */
    public List<String> unable() {
        return memories.unable();
    }

    /**
     * What stays though it is of this dataflow, a line each: the markers of steps that the store
     * knows and the dataflow does not have any more. They are in the way only if such a step comes
     * back, and nothing tells of them once the store is removed.
     */
    public List<String> leaves() {
        return memories.gone();
    }

    /**
     * Removes it all. If it fails or is stopped in the middle, it is to be done again.
     *
     * @throws dev.waxwing.step.StepFailedException if a target cannot forget; the store stays then
     */
    public void run() {
        memories.forget();
        store.run();
    }

    @Override
    public void close() {
        store.close();
    }

    private String contents() {
        String contents =
                store.read(
                        reader ->
                                reader.decidedEpoch() == 0
                                        ? ", in which nothing is decided"
                                        : ", which has come to epoch " + reader.decidedEpoch());
        return contents == null ? ", which cannot be read" : contents;
    }
}
