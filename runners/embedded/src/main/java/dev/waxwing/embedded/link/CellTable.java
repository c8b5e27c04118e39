package dev.waxwing.embedded.link;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the cell of a key. Confined to the worker. */
final class CellTable {

    /*
     * Open addressing with linear probing over an array of cells, at most half full; a removed cell's
     * followers are shifted back (Knuth, The Art of Computer Programming 3, 6.4, algorithm R), so there are no tombstones.
     *
     * The hashes are in an array of their own as well, so that no cell is fetched from memory but the one that is looked
     * for: with very many keys that is most of what a look-up costs (benchmark W3).
     */
    private static final int EMPTY = 0;

    private int[] hashes = new int[64];
    private @Nullable Cell[] cells = new Cell[64];
    private int size;
    private int last;

    /** The hash by which a key is found, of its own. */
    static int hash(int ofKey) {
        int mixed = Route.spread(ofKey);
        return mixed == EMPTY ? 1 : mixed;
    }

    /** The cell where one of that hash mostly is, if it has the hash; else null. */
    @Nullable Cell likely(int hash) {
        int i = hash & (hashes.length - 1);
        if (hashes[i] != hash) {
            return null;
        }
        last = i;
        return cells[i];
    }

    /** The cell of a key in its two parts, or null. */
    @Nullable Cell find(int hash, long bits, Object rest) {
        int[] table = hashes;
        int mask = table.length - 1;
        for (int i = hash & mask; table[i] != EMPTY; i = (i + 1) & mask) {
            if (table[i] == hash) {
                Cell cell = at(i);
                if (cell.bits == bits && (cell.rest == rest || cell.rest.equals(rest))) {
                    last = i;
                    return cell;
                }
            }
        }
        return null;
    }

    /** Adds the cell of a key that has none. */
    void add(Cell cell) {
        if ((size + 1) * 2 > hashes.length) {
            grow();
        }
        last = insert(cell);
        size++;
    }

    /** The cell that was found or added last, if none has been removed since. */
    @Nullable Cell last() {
        return cells[last];
    }

    /** Removes a cell that is there. */
    void remove(Cell cell) {
        int mask = hashes.length - 1;
        int hole = cell.hash & mask;
        while (cells[hole] != cell) {
            hole = (hole + 1) & mask;
        }
        size--;
        for (int i = (hole + 1) & mask; hashes[i] != EMPTY; i = (i + 1) & mask) {
            if (((i - hashes[i]) & mask) >= ((i - hole) & mask)) {
                hashes[hole] = hashes[i];
                cells[hole] = cells[i];
                hole = i;
            }
        }
        hashes[hole] = EMPTY;
        cells[hole] = null;
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

    private Cell at(int i) {
        return Objects.requireNonNull(cells[i]);
    }

    private void grow() {
        Cell[] all = toArray();
        hashes = new int[hashes.length * 2];
        cells = new Cell[hashes.length];
        for (Cell cell : all) {
            insert(cell);
        }
    }

    private int insert(Cell cell) {
        int mask = hashes.length - 1;
        int i = cell.hash & mask;
        while (hashes[i] != EMPTY) {
            i = (i + 1) & mask;
        }
        hashes[i] = cell.hash;
        cells[i] = cell;
        return i;
    }
}
