package dev.waxwing.embedded.link;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The wake-ups of a stateful step, one structure for all its keys. Confined to the worker. */
final class TimerQueue {

    /*
     * A binary heap of (time, cell) in two arrays. A cell whose time moves later keeps its entry, which is
     * checked again when it comes up; only an earlier time adds an entry. So moving a timer on
     * with every item, as windows do, costs nothing.
     */
    private long[] times = new long[16];
    private @Nullable Cell[] cells = new Cell[16];
    private int size;

    /** The cell's answer to when it wants to be notified. */
    void schedule(Cell cell, long atMillis) {
        Cell.Alarm alarm = cell.alarm;
        if (alarm == null) {
            if (atMillis == Long.MAX_VALUE) {
                return;
            }
            alarm = new Cell.Alarm();
            cell.alarm = alarm;
        }
        alarm.wakeMillis = atMillis;
        if (atMillis < alarm.queuedMillis) {
            alarm.queuedMillis = atMillis;
            add(atMillis, cell);
        }
    }

    /** The time of the first entry, which may be stale. */
    long firstMillis() {
        return size == 0 ? Long.MAX_VALUE : times[0];
    }

    /** Takes a cell whose time has come; null if there is none. */
    @Nullable Cell takeDue(long nowMillis) {
        while (size > 0 && times[0] <= nowMillis) {
            long at = times[0];
            Cell cell = removeFirst();
            Cell.Alarm alarm = Objects.requireNonNull(cell.alarm);
            if (alarm.queuedMillis != at) {
                continue;
            }
            alarm.queuedMillis = Long.MAX_VALUE;
            if (cell.logic == null) {
                continue;
            }
            if (alarm.wakeMillis <= nowMillis) {
                alarm.wakeMillis = Long.MAX_VALUE;
                return cell;
            }
            if (alarm.wakeMillis != Long.MAX_VALUE) {
                alarm.queuedMillis = alarm.wakeMillis;
                add(alarm.wakeMillis, cell);
            }
        }
        return null;
    }

    private void add(long time, Cell cell) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            cells = Arrays.copyOf(cells, size * 2);
        }
        int i = size++;
        while (i > 0) {
            int parent = (i - 1) >>> 1;
            if (times[parent] <= time) {
                break;
            }
            times[i] = times[parent];
            cells[i] = cells[parent];
            i = parent;
        }
        times[i] = time;
        cells[i] = cell;
    }

    private Cell removeFirst() {
        Cell first = java.util.Objects.requireNonNull(cells[0]);
        int last = --size;
        long time = times[last];
        Cell cell = cells[last];
        cells[last] = null;
        int i = 0;
        while (true) {
            int child = 2 * i + 1;
            if (child >= last) {
                break;
            }
            if (child + 1 < last && times[child + 1] < times[child]) {
                child++;
            }
            if (times[child] >= time) {
                break;
            }
            times[i] = times[child];
            cells[i] = cells[child];
            i = child;
        }
        if (last > 0) {
            times[i] = time;
            cells[i] = cell;
        }
        return first;
    }
}
