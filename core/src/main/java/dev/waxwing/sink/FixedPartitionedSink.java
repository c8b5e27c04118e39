package dev.waxwing.sink;

import dev.waxwing.internal.CanonicalText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sink whose partitions are known at start, each with a position that writing can return to.
 *
 * <p>Delivery is exactly once for whoever reads up to the position of the last decided epoch.
 *
 * @param <K> key that items are routed by
 * @param <X> item; partitions get values only
 * @param <S> position of a partition; immutable, of a type that the state codec can handle
 */
public non-sealed interface FixedPartitionedSink<K, X, S> extends Sink<X> {

    /**
     * Names the partitions, in the order that {@link #partFn} counts; called once an execution. The
     * list is recorded, and a changed list is refused at the next start unless the runner is told
     * to accept it.
     */
    List<String> listParts() throws Exception;

    /**
     * Chooses the partition of a key: the result floor-modulo the number of partitions is an index
     * into {@link #listParts}. Must give the same result for equal keys in every execution. The
     * default is Adler-32 of the key's canonical text.
     */
    default int partFn(K key) {
        return CanonicalText.adler32(key);
    }

    /**
     * Opens a partition; called at most once an execution, on the thread of the worker that owns
     * it: with the first item for it, or at start if there is a resume state.
     *
     * @param stepId full id of the output step
     * @param forPart a name out of {@link #listParts}
     * @param resumeState what {@link StatefulSinkPartition#snapshot} returned at the end of the
     *     resume epoch; what was written after it must be undone before anything new is written.
     *     Null if nothing was ever written
     */
    StatefulSinkPartition<X, S> buildPart(String stepId, String forPart, @Nullable S resumeState)
            throws Exception;

    @Override
    default SinkContract contract() {
        return SinkContract.BY_POSITION;
    }
}
