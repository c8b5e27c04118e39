package dev.waxwing.operators;

import dev.waxwing.internal.RowMaker;
import dev.waxwing.join.JoinOptions.Insert;
import dev.waxwing.join.Sided;
import dev.waxwing.kernel.Emitter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a join keeps of each side. */
final class JoinSides {

    private final Insert insert;
    private final List<List<Object>> sides = new ArrayList<>();

    JoinSides(int count, Insert insert, @Nullable State resumeState) {
        this.insert = insert;
        for (int side = 0; side < count; side++) {
            sides.add(new ArrayList<>(resumeState == null ? List.of() : resumeState.get(side)));
        }
    }

    /**
     * What is kept.
     *
     * @param sides for each side its values in the order in which they were inserted
     */
    record State(List<List<Object>> sides) {
        List<Object> get(int side) {
            return side < sides.size() ? sides.get(side) : List.of();
        }
    }

    void insert(Sided item) {
        List<Object> kept = sides.get(item.side());
        switch (insert) {
            case FIRST -> {
                if (kept.isEmpty()) {
                    kept.add(item.value());
                }
            }
            case LAST -> {
                kept.clear();
                kept.add(item.value());
            }
            case PRODUCT -> kept.add(item.value());
        }
    }

    /** Adds what a later time has kept: the first stays the first, the last becomes the last. */
    void appendLater(State later) {
        for (int side = 0; side < sides.size(); side++) {
            for (Object value : later.get(side)) {
                insert(new Sided(side, value));
            }
        }
    }

    boolean isComplete() {
        return sides.stream().noneMatch(List::isEmpty);
    }

    boolean isEmpty() {
        return sides.stream().allMatch(List::isEmpty);
    }

    void clear() {
        sides.forEach(List::clear);
    }

    /** Every combination, the first side varying slowest; a side without values is null. */
    <R> void emitRows(RowMaker<R> maker, Emitter<? super R> out) {
        for (@Nullable Object[] row : rows()) {
            out.emit(maker.make(row));
        }
    }

    private List<@Nullable Object[]> rows() {
        List<@Nullable Object[]> rows = new ArrayList<>();
        rows.add(new @Nullable Object[sides.size()]);
        for (int side = 0; side < sides.size(); side++) {
            List<@Nullable Object[]> longer = new ArrayList<>();
            for (@Nullable Object[] row : rows) {
                if (sides.get(side).isEmpty()) {
                    longer.add(row);
                }
                for (Object value : sides.get(side)) {
                    @Nullable Object[] with = row.clone();
                    with[side] = value;
                    longer.add(with);
                }
            }
            rows = longer;
        }
        return rows;
    }

    State snapshot() {
        return new State(sides.stream().map(List::copyOf).toList());
    }
}
