package dev.waxwing.simulation.sink;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a partition of an epoch sink was given in an epoch. */
final class Entry {

    final String part;
    final long epoch;
    final List<SinkItem> items = new ArrayList<>();

    /** What the sink has said to be committed. */
    final Set<SinkItem> committed = new HashSet<>();

    /** How many pieces become visible one after the other; 0 if items may. */
    int pieces;

    /** Whether the sink was ever asked to commit any of it. */
    boolean asked;

    Entry(String part, long epoch, int pieces) {
        this.part = part;
        this.epoch = epoch;
        this.pieces = pieces;
    }

    boolean isCommitted() {
        return committed.size() == items.size();
    }

    @Override
    public String toString() {
        return "epoch " + epoch + " of partition '" + part + "'";
    }
}
