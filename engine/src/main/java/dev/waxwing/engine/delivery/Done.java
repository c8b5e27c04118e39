package dev.waxwing.engine.delivery;

import java.util.List;

/** A work that nobody needs any more, and that the store is to forget. Immutable. */
public final class Done implements Work.Reported {

    private final Prepared prepared;

    Done(Prepared prepared) {
        this.prepared = prepared;
    }

    @Override
    public DeliveryPart part() {
        return prepared.part();
    }

    @Override
    public long epoch() {
        return prepared.epoch();
    }

    /** The keys under which the store keeps it. */
    public List<DeliveryKey> keys() {
        return prepared.keys();
    }

    /** The segments in which it was kept. */
    List<String> segments() {
        return prepared.segments();
    }
}
