package dev.waxwing.operators;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Windows of few keys each, or far in the future: by slot, and by when they open.
 *
 * @param <A> aggregate
 */
final class LaterWindows<A> {

    private final Map<Integer, NavigableMap<Long, A>> bySlot = new HashMap<>();
    private final NavigableMap<Long, List<Integer>> slotsByOpen = new TreeMap<>();

    /** As {@link dev.waxwing.state.columnar.ColumnarLogic#resize}. */
    void resize(IntUnaryOperator to) {
        Map<Integer, NavigableMap<Long, A>> before = Map.copyOf(bySlot);
        bySlot.clear();
        before.forEach((slot, windows) -> bySlot.put(to.applyAsInt(slot), windows));
        slotsByOpen.values().forEach(slots -> slots.replaceAll(to::applyAsInt));
    }

    boolean isEmpty() {
        return slotsByOpen.isEmpty();
    }

    /** When the first window opens. */
    long firstOpen() {
        return slotsByOpen.firstKey();
    }

    /** A slot of the window that opens first. */
    int firstSlot() {
        List<Integer> slots = slotsByOpen.firstEntry().getValue();
        return slots.get(slots.size() - 1);
    }

    /** Removes the window that opens first from {@link #firstSlot}. */
    void removeFirst() {
        List<Integer> slots = slotsByOpen.firstEntry().getValue();
        int slot = firstSlot();
        NavigableMap<Long, A> windows = of(slot);
        windows.remove(firstOpen());
        if (windows.isEmpty()) {
            bySlot.remove(slot);
        }
        slots.remove(slots.size() - 1);
        if (slots.isEmpty()) {
            slotsByOpen.pollFirstEntry();
        }
    }

    /** The windows of a slot, in order; empty if it has none. */
    NavigableMap<Long, A> of(int slot) {
        return bySlot.getOrDefault(slot, new TreeMap<>());
    }

    /** The aggregate of a window and a slot, or null. */
    @Nullable A get(long open, int slot) {
        return of(slot).get(open);
    }

    void put(long open, int slot, A aggregate) {
        A before = bySlot.computeIfAbsent(slot, none -> new TreeMap<>()).put(open, aggregate);
        if (before == null) {
            slotsByOpen.computeIfAbsent(open, none -> new ArrayList<>()).add(slot);
        }
    }

    /** Moves a window into an empty column, if there is such a window. */
    void moveTo(WindowColumn<A> column, long open) {
        List<Integer> slots = slotsByOpen.remove(open);
        if (slots == null) {
            return;
        }
        for (int slot : slots) {
            NavigableMap<Long, A> windows = of(slot);
            column.add(slot, Objects.requireNonNull(windows.remove(open)));
            if (windows.isEmpty()) {
                bySlot.remove(slot);
            }
        }
    }

    /** Moves a window out of a column. */
    void takeFrom(WindowColumn<A> column, long open) {
        while (!column.isEmpty()) {
            int slot = column.any();
            put(open, slot, column.remove(slot));
        }
    }
}
