package dev.waxwing.embedded.compile;

import dev.waxwing.plan.Plan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all workers of an execution start from. Immutable.
 *
 * @param plan what is run
 * @param workers how many workers run it
 * @param lastEpoch the largest epoch ever used; the first of this execution is the next
 * @param parts what sources and partitioned sinks have listed, by index of the core step
 * @param state how state is encoded and what is restored, or null if recovery is off
 * @param epochPerBatch whether an epoch ends after every batch
 * @param ringBatches how many batches the ring of an edge holds
 * @param batchItems how many items a batch holds
 * @param copyClasses whether chains get classes of their own
 */
public record RunSetup(
        Plan plan,
        int workers,
        long lastEpoch,
        Map<Integer, List<String>> parts,
        @Nullable RestoredState state,
        boolean epochPerBatch,
        int ringBatches,
        int batchItems,
        boolean copyClasses) {

    public RunSetup {
        parts = Map.copyOf(parts);
    }
}
