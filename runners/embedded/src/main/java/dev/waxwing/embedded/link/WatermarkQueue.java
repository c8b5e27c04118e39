package dev.waxwing.embedded.link;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the keys of a stateful step wait for in the watermark of their stream. Confined to the
 * worker.
 */
final class WatermarkQueue {

    /*
     * Keys wait for few different times, such as the ends of the same windows, so that they are kept in a
     * list a time. As in TimerQueue a key whose time moves later keeps its entry, which is checked
     * again when it comes up.
     */
    private final TreeMap<Long, List<Cell>> cellsByTime = new TreeMap<>();
    private long first = Long.MAX_VALUE;
    private long recentTime = Long.MAX_VALUE;
    private @Nullable List<Cell> recent;

    /** The cell's answer to which watermark it waits for. */
    void schedule(Cell cell, long micros) {
        cell.wakeMicros = micros;
        if (micros < cell.queuedMicros) {
            cell.queuedMicros = micros;
            add(micros, cell);
        }
    }

    /** The first time that a cell waits for, which may be stale. */
    long firstMicros() {
        return first;
    }

    /** Takes a cell whose time has come; null if there is none. */
    @Nullable Cell takeDue(long watermark) {
        while (first <= watermark && first != Long.MAX_VALUE) {
            long time = first;
            Cell cell = remove();
            if (cell.queuedMicros != time) {
                continue;
            }
            cell.queuedMicros = Long.MAX_VALUE;
            if (cell.logic == null) {
                continue;
            }
            if (cell.wakeMicros <= watermark) {
                cell.wakeMicros = Long.MAX_VALUE;
                return cell;
            }
            if (cell.wakeMicros != Long.MAX_VALUE) {
                cell.queuedMicros = cell.wakeMicros;
                add(cell.wakeMicros, cell);
            }
        }
        return null;
    }

    private void add(long time, Cell cell) {
        List<Cell> cells = recent;
        if (cells == null || time != recentTime) {
            cells = cellsByTime.computeIfAbsent(time, none -> new ArrayList<>());
            recent = cells;
            recentTime = time;
            first = Math.min(first, time);
        }
        cells.add(cell);
    }

    /* In the order in which they were added would need a queue; no order is promised across keys. */
    private Cell remove() {
        List<Cell> cells = cellsByTime.firstEntry().getValue();
        Cell cell = cells.remove(cells.size() - 1);
        if (cells.isEmpty()) {
            cellsByTime.pollFirstEntry();
            first = cellsByTime.isEmpty() ? Long.MAX_VALUE : cellsByTime.firstKey();
            if (cells == recent) {
                recent = null;
            }
        }
        return cell;
    }
}
