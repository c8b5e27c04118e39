package dev.waxwing.simulation.sink;

import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Items as the sink is given them; an execution can crash while the sink takes them. */
final class Batch<X> extends AbstractList<X> {

    private final List<SinkItem> items;
    private final SinkSubject<X> subject;
    private final Life life;

    Batch(List<SinkItem> items, SinkSubject<X> subject, Life life) {
        this.items = items;
        this.subject = subject;
        this.life = life;
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public X get(int index) {
        if (index == items.size() / 2) {
            life.reached(CrashPoint.IN_BATCH);
        }
        return subject.item(items.get(index));
    }

    @Override
    public Iterator<X> iterator() {
        return new Iterator<>() {

            private int next;

            @Override
            public boolean hasNext() {
                if (next == items.size()) {
                    life.reached(CrashPoint.ROWS_SENT_MARKER_NOT);
                }
                return next < items.size();
            }

            @Override
            public X next() {
                if (next == items.size()) {
                    throw new NoSuchElementException();
                }
                return get(next++);
            }
        };
    }
}
