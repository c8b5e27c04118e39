package dev.waxwing.simulation.sink;

import dev.waxwing.sink.Sink;
import dev.waxwing.testing.TargetFaults;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sink under test and its target: what the author of a sink gives to {@link SinkConformance}. One
 * is made for each run, with an empty target, and used by one thread.
 *
 * <p>Everything that a reader of the target would still find after a crash lives here; what an
 * execution has in memory lives in the {@link #sink} that was made for it.
 *
 * @param <X> item of the sink
 */
public interface SinkSubject<X> extends AutoCloseable {

    /** Opens a subject with an empty target. */
    @FunctionalInterface
    interface Factory<X> {
        SinkSubject<X> open() throws Exception;
    }

    /** Puts a target back as it was when it was backed up. */
    @FunctionalInterface
    interface Backup {
        void restore() throws Exception;
    }

    /**
     * A sink that writes to the target; asked for once an execution, as a new process would make
     * it. It must list the same partitions each time; two or more show more than one.
     *
     * @param faults may be called from inside of the target, to make a call fail where the kit
     *     cannot reach: by the names that {@link TargetFaults} tells, {@code apply.middle} when
     *     rows are sent and the marker is not. What it throws is a loss of the connection: nothing
     *     more of the call may take effect than has by then
     */
    Sink<X> sink(TargetFaults faults) throws Exception;

    /** What the sink is given for an item of the kit. */
    X item(SinkItem item);

    /**
     * What a reader of committed data sees at this moment, the items of a partition in their order.
     * Items of one partition may stand between those of others.
     */
    List<SinkItem> committed() throws Exception;

    /**
     * What is in the target that is neither committed data nor a marker; described for a person.
     */
    default List<String> garbage() throws Exception {
        return List.of();
    }

    /**
     * An execution has crashed: drops what would be gone, and releases what the system would
     * release, such as connections and locks.
     */
    default void onCrash(CrashKind kind) throws Exception {}

    /** Copies data and markers, to be put back later; null if this target cannot be copied. */
    default @Nullable Backup backUp() throws Exception {
        return null;
    }

    /** The run is over. */
    @Override
    default void close() throws Exception {}
}
