package dev.waxwing.engine.compile;

import dev.waxwing.engine.channel.Sender;
import dev.waxwing.engine.channel.Signal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The edges between stages of all workers, each made when the first of its two ends asks. */
final class Edges {

    private final int ringBatches;
    private final int batchItems;
    private final List<Signal> signals;
    private final Map<Place, Sender> senders = new HashMap<>();
    private final Map<Target, Integer> ids = new HashMap<>();

    Edges(int ringBatches, int batchItems, List<Signal> signals) {
        this.ringBatches = ringBatches;
        this.batchItems = batchItems;
        this.signals = signals;
    }

    /** The number of an input of a step, the same for all workers. */
    int id(int step, int up) {
        return ids.computeIfAbsent(new Target(step, up), target -> ids.size());
    }

    Sender sender(int step, int up, int from, int to) {
        return senders.computeIfAbsent(
                new Place(step, up, from, to),
                place -> new Sender(ringBatches, batchItems, signals.get(to), signals.get(from)));
    }

    private record Target(int step, int up) {}

    private record Place(int step, int up, int from, int to) {}
}
