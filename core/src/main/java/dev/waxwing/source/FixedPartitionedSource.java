package dev.waxwing.source;

import dev.waxwing.connector.Guarantee;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source whose partitions are known at start, each with a position that can be resumed.
 *
 * <p>With recovery on, every item takes effect on state exactly once: what an unfinished epoch had
 * read is read again after a failure and its effects are rolled back.
 *
 * @param <T> item
 * @param <S> position of a partition; immutable, of a type that the state codec can handle
 */
public non-sealed interface FixedPartitionedSource<T, S> extends Source<T> {

    /**
     * Names the partitions; called once an execution, on the thread that starts it.
     *
     * @return distinct names; each is built by exactly one worker. A name that the recovery store
     *     knows and that is missing here stops the start with an error, unless the runner is told
     *     to forget it; a new name starts without a resume state
     * @throws Exception if the partitions cannot be found; the execution does not start
     */
    List<String> listParts() throws Exception;

    /**
     * Whether an empty list of partitions is fine, so that the source ends at once. If not, as is
     * the default, it stops the start with an error: a wrong path should not look like success.
     */
    default boolean mayListNothing() {
        return false;
    }

    /**
     * Opens a partition; called once an execution, on the thread of the worker that owns it.
     *
     * @param stepId full id of the input step, for messages and metrics
     * @param forPart a name out of {@link #listParts}
     * @param resumeState what {@link StatefulSourcePartition#snapshot} returned at the end of the
     *     resume epoch, or null to start from the beginning
     */
    StatefulSourcePartition<T, S> buildPart(String stepId, String forPart, @Nullable S resumeState)
            throws Exception;

    @Override
    default Guarantee guarantee() {
        return Guarantee.EXACTLY_ONCE;
    }
}
