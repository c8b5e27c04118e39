package dev.waxwing.engine.delivery;

import dev.waxwing.recovery.codec.StateReader;
import dev.waxwing.recovery.segment.SegmentReader;
import java.util.AbstractList;
import java.util.BitSet;
import java.util.RandomAccess;

/**
 * Some of the items of an outbox as a list, read when they are asked for; knows which have been.
 * Confined to one thread.
 */
final class OutboxItems extends AbstractList<Object> implements RandomAccess {

    private final SegmentReader segment;
    private final StateReader items;
    private final Places places;
    private final BitSet read = new BitSet();

    OutboxItems(SegmentReader segment, StateReader items, Places places) {
        this.segment = segment;
        this.items = items;
        this.places = places;
    }

    @Override
    public int size() {
        return places.count();
    }

    @Override
    public Object get(int index) {
        segment.seek(places.at(index));
        read.set(index);
        return items.decode(segment.data(), segment.offset(), segment.length());
    }

    /** How many items have been read, each counted once. */
    int readItems() {
        return read.cardinality();
    }
}
