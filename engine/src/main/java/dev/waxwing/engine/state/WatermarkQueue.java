package dev.waxwing.engine.state;

import java.util.Arrays;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the keys of a stateful step wait for in the watermark of their stream. Confined to the
 * worker.
 */
final class WatermarkQueue {

    /*
     * Keys wait for few different times, such as the ends of the same windows, so that they are kept in a list a time. Each
     * cell knows its list and its place there: it has one entry at most and leaves when its key goes. As in
     * TimerQueue a key whose time moves later keeps its entry, which is moved on when it comes up.
     */
    private final TreeMap<Long, Entries> entriesByTime = new TreeMap<>();
    private @Nullable Entries first;
    private @Nullable Entries recent;
    private int size;

    /** The cell's answer to which watermark it waits for. */
    void schedule(Cell cell, long micros) {
        if (micros == cell.wakeMicros) {
            return;
        }
        cell.wakeMicros = micros;
        Entries queued = cell.queuedIn;
        if (queued != null) {
            if (micros >= queued.micros && micros != Long.MAX_VALUE) {
                return;
            }
            leave(cell, queued);
        }
        if (micros != Long.MAX_VALUE) {
            enter(cell, micros);
        }
    }

    /** The cell's key has gone. */
    void remove(Cell cell) {
        cell.wakeMicros = Long.MAX_VALUE;
        Entries queued = cell.queuedIn;
        if (queued != null) {
            leave(cell, queued);
        }
    }

    /** A time before which no cell is due; {@link Long#MAX_VALUE} if none waits. */
    long firstMicros() {
        return first == null ? Long.MAX_VALUE : first.micros;
    }

    /** How many cells wait. */
    int size() {
        return size;
    }

    /** Takes a cell whose time has come; null if there is none. */
    @Nullable Cell takeDue(long watermark) {
        while (first != null && first.micros <= watermark) {
            Cell cell = first.last();
            leave(cell, first);
            if (cell.wakeMicros <= watermark) {
                cell.wakeMicros = Long.MAX_VALUE;
                return cell;
            }
            enter(cell, cell.wakeMicros);
        }
        return null;
    }

    private void enter(Cell cell, long micros) {
        Entries entries = recent;
        if (entries == null || micros != entries.micros) {
            entries = entriesByTime.computeIfAbsent(micros, Entries::new);
            recent = entries;
            if (first == null || micros < first.micros) {
                first = entries;
            }
        }
        entries.add(cell);
        size++;
    }

    private void leave(Cell cell, Entries entries) {
        entries.remove(cell);
        size--;
        if (!entries.isEmpty()) {
            return;
        }
        entriesByTime.remove(entries.micros);
        if (entries == recent) {
            recent = null;
        }
        if (entries == first) {
            first = entriesByTime.isEmpty() ? null : entriesByTime.firstEntry().getValue();
        }
    }

    /** The cells with an entry at one time. */
    static final class Entries {

        private static final int LEAST_CAPACITY = 4;

        private final long micros;
        private @Nullable Cell[] cells = new Cell[LEAST_CAPACITY];
        private int size;

        Entries(long micros) {
            this.micros = micros;
        }

        boolean isEmpty() {
            return size == 0;
        }

        Cell last() {
            return Objects.requireNonNull(cells[size - 1]);
        }

        void add(Cell cell) {
            if (size == cells.length) {
                cells = Arrays.copyOf(cells, size * 2);
            }
            cell.queuedIn = this;
            cell.place = size;
            cells[size++] = cell;
        }

        void remove(Cell cell) {
            Cell last = last();
            cells[cell.place] = last;
            last.place = cell.place;
            cells[--size] = null;
            cell.queuedIn = null;
            if (size < cells.length / 8 && cells.length > LEAST_CAPACITY) {
                cells = Arrays.copyOf(cells, Math.max(LEAST_CAPACITY, cells.length / 4));
            }
        }
    }
}
