package dev.waxwing.embedded.link;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the cell of a key. Confined to the worker. */
final class CellTable {

    /*
     * Open addressing with linear probing over an array of cells, at most half full; a removed cell's
     * followers are shifted back (Knuth, The Art of Computer Programming 3, 6.4, algorithm R), so there are no tombstones.
     */
    private @Nullable Cell[] cells = new Cell[64];
    private int size;
    private int last;

    /** The cell of a key, or null. */
    @Nullable Cell find(Object key, int hash) {
        Cell[] table = cells;
        int mask = table.length - 1;
        for (int i = hash & mask; ; i = (i + 1) & mask) {
            Cell cell = table[i];
            if (cell == null) {
                return null;
            }
            if (cell.hash == hash && (cell.key == key || cell.key.equals(key))) {
                last = i;
                return cell;
            }
        }
    }

    /** Adds the cell of a key that has none. */
    void add(Cell cell) {
        if ((size + 1) * 2 > cells.length) {
            grow();
        }
        last = insert(cells, cell);
        size++;
    }

    /** The cell that was found or added last, if none has been removed since. */
    @Nullable Cell last() {
        return cells[last];
    }

    /** Removes a cell that is there. */
    void remove(Cell cell) {
        Cell[] table = cells;
        int mask = table.length - 1;
        int hole = cell.hash & mask;
        while (table[hole] != cell) {
            hole = (hole + 1) & mask;
        }
        size--;
        for (int i = (hole + 1) & mask; ; i = (i + 1) & mask) {
            Cell next = table[i];
            if (next == null) {
                table[hole] = null;
                return;
            }
            if (((i - next.hash) & mask) >= ((i - hole) & mask)) {
                table[hole] = next;
                hole = i;
            }
        }
    }

    int size() {
        return size;
    }

    /** All cells, in no order. */
    Cell[] toArray() {
        Cell[] all = new Cell[size];
        int n = 0;
        for (Cell cell : cells) {
            if (cell != null) {
                all[n++] = cell;
            }
        }
        return Arrays.copyOf(all, n);
    }

    void forEach(Consumer<Cell> action) {
        for (Cell cell : toArray()) {
            action.accept(cell);
        }
    }

    private void grow() {
        Cell[] larger = new Cell[cells.length * 2];
        for (Cell cell : cells) {
            if (cell != null) {
                insert(larger, cell);
            }
        }
        cells = larger;
    }

    private static int insert(@Nullable Cell[] table, Cell cell) {
        int mask = table.length - 1;
        int i = cell.hash & mask;
        while (table[i] != null) {
            i = (i + 1) & mask;
        }
        table[i] = cell;
        return i;
    }
}
