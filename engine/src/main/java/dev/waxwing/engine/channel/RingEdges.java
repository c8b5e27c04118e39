package dev.waxwing.engine.channel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Edges within one JVM, each made when the first of its two ends asks. */
public final class RingEdges implements Edges {

    private final Channels channels;
    private final List<Signal> signals;
    private final Map<Place, Sender> senders = new HashMap<>();
    private final Map<Target, Integer> ids = new HashMap<>();

    /**
     * @param signals one for each worker
     */
    public RingEdges(Channels channels, List<Signal> signals) {
        this.channels = channels;
        this.signals = signals;
    }

    @Override
    public int id(int step, int up) {
        return ids.computeIfAbsent(new Target(step, up), target -> ids.size());
    }

    @Override
    public Sender sender(int step, int up, int from, int to) {
        return senders.computeIfAbsent(
                new Place(step, up, from, to),
                place ->
                        new Sender(
                                channels.ringBatches(),
                                channels.batchItems(),
                                signals.get(to),
                                signals.get(from)));
    }

    private record Target(int step, int up) {}

    private record Place(int step, int up, int from, int to) {}
}
