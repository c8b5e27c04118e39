package dev.waxwing.embedded.epoch;

import dev.waxwing.DataflowException;
import dev.waxwing.embedded.worker.Edge;
import dev.waxwing.embedded.worker.EpochReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Conservation of items: what all workers handed over by an edge, all workers received. */
final class Ledger {

    void check(long epoch, List<EpochReport> reports) {
        Map<Integer, Long> open = new HashMap<>();
        for (EpochReport report : reports) {
            for (Edge edge : report.sent()) {
                open.merge(edge.id(), edge.items(), Long::sum);
            }
            for (Edge edge : report.received()) {
                open.merge(edge.id(), -edge.items(), Long::sum);
            }
        }
        open.forEach(
                (edge, difference) -> {
                    if (difference != 0) {
                        throw new DataflowException(
                                null,
                                "epoch "
                                        + epoch
                                        + ": "
                                        + difference
                                        + " more items were sent than received on edge "
                                        + edge
                                        + "; the epoch is not decided; this is a defect of Waxwing,"
                                        + " please report it",
                                null);
                    }
                });
    }
}
