package dev.waxwing.sink;

import dev.waxwing.function.TypeRef;
import dev.waxwing.internal.CanonicalText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sink that shows an epoch's items only when the epoch is decided. It needs a recovery store; a
 * runner without one refuses it.
 *
 * <p>Its partitions are of one of three kinds, and the declared result of {@link #buildPart} says
 * of which: {@link TransactionalPartition} (the one to recommend), {@link IdempotentPartition} or
 * {@link TwoPhasePartition}.
 *
 * <p>In a keyed stream {@link #partFn} chooses the partition of an item. In a stream without keys
 * the partitions are logical writers: each worker writes to one of them, whichever it is, so that
 * their number and their markers stay the same when that of workers changes. Epochs are committed
 * in order per partition.
 *
 * @param <X> item; of a type that the state codec can handle, as it is kept in the store's outbox
 */
public non-sealed interface EpochSink<X> extends Sink<X> {

    /**
     * Names the partitions, in the order that {@link #partFn} counts; called once an execution. The
     * list is recorded, and a changed list is refused at the next start unless the runner is told
     * to accept it.
     */
    List<String> listParts() throws Exception;

    /**
     * Chooses the partition of a key: the result floor-modulo the number of partitions is an index
     * into {@link #listParts}. Must give the same result for equal keys in every execution.
     */
    default int partFn(Object key) {
        return CanonicalText.adler32(key);
    }

    /**
     * Opens a partition; called for each, once an execution, before anything is read. Must not
     * change the target.
     *
     * @param stepId full id of the output step
     * @param forPart a name out of {@link #listParts}
     */
    EpochSinkPartition<X> buildPart(String stepId, String forPart) throws Exception;

    /** The type of items, for a sink whose class does not say; null to look at the class. */
    default @Nullable TypeRef<X> itemType() {
        return null;
    }

    @Override
    default SinkContract contract() {
        return EpochSinkKind.of(getClass());
    }
}
