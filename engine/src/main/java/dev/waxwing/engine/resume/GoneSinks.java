package dev.waxwing.engine.resume;

import dev.waxwing.engine.compile.StateIds;
import dev.waxwing.engine.delivery.Progress;
import dev.waxwing.plan.Plan;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.codec.StateCodec;
import dev.waxwing.recovery.store.StoreReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Steps to whose targets a dataflow has committed epochs, as its store tells, and that it has no
 * more: what their targets remember can be found only through their sinks.
 */
final class GoneSinks {

    private GoneSinks() {}

    /** A line for each of them. */
    static List<String> of(Plan plan, StoreReader reader) {
        Set<String> present = new HashSet<>();
        for (CoreStep step : plan.coreSteps()) {
            if (step.sink() != null) {
                present.addAll(plan.keptIds(step.userStep()));
            }
        }
        Set<String> gone = new TreeSet<>(ids(reader));
        gone.removeAll(present);
        List<String> lines = new ArrayList<>();
        for (String step : gone) {
            lines.add(
                    "step '"
                            + step
                            + "', which is not in the dataflow any more: what its target remembers"
                            + " of it, and refuses the step by if it comes back; put the step back"
                            + " and reset again, or remove its markers by hand");
        }
        return lines;
    }

    private static Set<String> ids(StoreReader reader) {
        Set<String> ids = new HashSet<>();
        String progress = StateCodec.of(Progress.class, CodecRegistry.empty()).schemaText();
        try {
            long newest = reader.decidedEpoch();
            if (newest > 0) {
                reader.restore(
                        newest,
                        page -> {
                            boolean isOfASink =
                                    StateIds.isPartitions(page.state())
                                            && reader.schema(page.valueSchema()).equals(progress);
                            if (isOfASink) {
                                ids.add(page.state().stepPath());
                            }
                        });
            }
        } catch (RecoveryException damaged) {
            /* It is removed all the same. */
        }
        return ids;
    }
}
