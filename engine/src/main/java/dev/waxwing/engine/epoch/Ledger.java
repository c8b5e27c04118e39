package dev.waxwing.engine.epoch;

import dev.waxwing.engine.worker.Edge;
import dev.waxwing.engine.worker.EpochReport;
import dev.waxwing.engine.worker.Traffic;
import dev.waxwing.step.DataflowException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Conservation of items: what all workers handed over by an edge, all workers received. */
final class Ledger {

    /**
     * Compares the two ends of each edge.
     *
     * @throws DataflowException if they differ; then the epoch must not be decided
     */
    void check(long epoch, List<EpochReport> reports) {
        Map<Integer, Long> sent = sum(reports, Traffic::sent);
        Map<Integer, Long> received = sum(reports, Traffic::received);
        var edges = new TreeSet<>(sent.keySet());
        edges.addAll(received.keySet());
        for (Integer edge : edges) {
            long out = sent.getOrDefault(edge, 0L);
            long in = received.getOrDefault(edge, 0L);
            if (out != in) {
                throw new DataflowException(
                        null,
                        "epoch "
                                + epoch
                                + ": "
                                + out
                                + " items were sent, but "
                                + in
                                + " received on edge "
                                + edge
                                + "; the epoch is not decided; this is a defect of Waxwing, please"
                                + " report it",
                        null);
            }
        }
    }

    private static Map<Integer, Long> sum(
            List<EpochReport> reports, Function<Traffic, List<Edge>> ends) {
        Map<Integer, Long> sums = new TreeMap<>();
        for (EpochReport report : reports) {
            for (Edge edge : ends.apply(report.traffic())) {
                sums.merge(edge.id(), edge.items(), Long::sum);
            }
        }
        return sums;
    }
}
