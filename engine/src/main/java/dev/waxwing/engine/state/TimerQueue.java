package dev.waxwing.engine.state;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The wake-ups of a stateful step, one structure for all its keys. Confined to the worker. */
final class TimerQueue {

    /*
     * A binary heap of (time, cell) in two arrays; each cell knows its place, so that it has one entry at most and leaves
     * when its key goes (Knuth, The Art of Computer Programming 3, 5.2.3). A cell whose time moves later keeps its entry, which is
     * moved on when it comes up: moving a timer on with every item, as windows do, costs nothing.
     */
    static final int NONE = -1;

    private static final int LEAST_CAPACITY = 16;

    private long[] times = new long[LEAST_CAPACITY];
    private @Nullable Cell[] cells = new Cell[LEAST_CAPACITY];
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
        if (atMillis == Long.MAX_VALUE) {
            leave(alarm);
        } else if (alarm.place == NONE) {
            enter(cell, alarm);
        } else if (atMillis < times[alarm.place]) {
            up(alarm.place, atMillis, cell, alarm);
        }
    }

    /** The cell's key has gone. */
    void remove(Cell cell) {
        Cell.Alarm alarm = cell.alarm;
        if (alarm != null) {
            cell.alarm = null;
            leave(alarm);
        }
    }

    /** A time before which no cell is due; {@link Long#MAX_VALUE} if none waits. */
    long firstMillis() {
        return size == 0 ? Long.MAX_VALUE : times[0];
    }

    /** How many cells wait. */
    int size() {
        return size;
    }

    /** For how many cells there is room. */
    int capacity() {
        return times.length;
    }

    /** Takes a cell whose time has come; null if there is none. */
    @Nullable Cell takeDue(long nowMillis) {
        while (size > 0 && times[0] <= nowMillis) {
            Cell cell = at(0);
            Cell.Alarm alarm = alarmOf(cell);
            if (alarm.wakeMillis <= nowMillis) {
                alarm.wakeMillis = Long.MAX_VALUE;
                leave(alarm);
                return cell;
            }
            down(0, alarm.wakeMillis, cell, alarm);
        }
        return null;
    }

    private void enter(Cell cell, Cell.Alarm alarm) {
        if (size == times.length) {
            resize(size * 2);
        }
        up(size++, alarm.wakeMillis, cell, alarm);
    }

    private void leave(Cell.Alarm alarm) {
        int hole = alarm.place;
        if (hole == NONE) {
            return;
        }
        alarm.place = NONE;
        int last = --size;
        long time = times[last];
        Cell cell = at(last);
        cells[last] = null;
        if (hole < last) {
            Cell.Alarm moved = alarmOf(cell);
            if (hole > 0 && time < times[(hole - 1) >>> 1]) {
                up(hole, time, cell, moved);
            } else {
                down(hole, time, cell, moved);
            }
        }
        if (size < times.length / 8 && times.length > LEAST_CAPACITY) {
            resize(times.length / 4);
        }
    }

    private void up(int from, long time, Cell cell, Cell.Alarm alarm) {
        int i = from;
        while (i > 0) {
            int parent = (i - 1) >>> 1;
            if (times[parent] <= time) {
                break;
            }
            put(i, times[parent], at(parent));
            i = parent;
        }
        times[i] = time;
        cells[i] = cell;
        alarm.place = i;
    }

    private void down(int from, long time, Cell cell, Cell.Alarm alarm) {
        int i = from;
        while (true) {
            int child = 2 * i + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && times[child + 1] < times[child]) {
                child++;
            }
            if (times[child] >= time) {
                break;
            }
            put(i, times[child], at(child));
            i = child;
        }
        times[i] = time;
        cells[i] = cell;
        alarm.place = i;
    }

    private void put(int i, long time, Cell cell) {
        times[i] = time;
        cells[i] = cell;
        alarmOf(cell).place = i;
    }

    private Cell at(int i) {
        return Objects.requireNonNull(cells[i]);
    }

    private static Cell.Alarm alarmOf(Cell cell) {
        return Objects.requireNonNull(cell.alarm);
    }

    private void resize(int capacity) {
        times = Arrays.copyOf(times, Math.max(LEAST_CAPACITY, capacity));
        cells = Arrays.copyOf(cells, times.length);
    }
}
