package dev.waxwing.jdbc;

import dev.waxwing.function.Predicate;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How items become rows.
 *
 * @param keys names of the columns that tell which row an item is for; empty if each makes a new
 *     one
 * @param deletes items whose row is deleted; null if there are none
 */
record RowForm<X>(
        List<Column<? super X>> columns, List<String> keys, @Nullable Predicate<? super X> deletes)
        implements Serializable {

    RowForm {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
    }

    static <X> RowForm<X> empty() {
        return new RowForm<>(List.of(), List.of(), null);
    }

    RowForm<X> with(Column<? super X> column) {
        if (names().contains(column.name())) {
            throw new IllegalArgumentException(
                    "column '" + column.name() + "' was given before; give each column once");
        }
        List<Column<? super X>> more = new ArrayList<>(columns);
        more.add(column);
        return new RowForm<>(more, keys, deletes);
    }

    RowForm<X> withKeys(List<String> wanted) {
        return new RowForm<>(columns, wanted, deletes);
    }

    RowForm<X> withDeletes(Predicate<? super X> wanted) {
        return new RowForm<>(columns, keys, wanted);
    }

    List<String> names() {
        return columns.stream().<String>map(Column::name).toList();
    }

    /** Places of the key columns among all, in the order of the columns. */
    List<Integer> keyPlaces() {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (keys.contains(columns.get(i).name())) {
                places.add(i);
            }
        }
        return places;
    }

    /** Refuses what cannot be written, when nothing more is added. */
    void check(String table) {
        if (columns.isEmpty()) {
            throw new IllegalStateException(
                    "the sink of table '" + table + "' has no columns; give some by withColumn");
        }
        for (String key : keys) {
            if (!names().contains(key)) {
                throw new IllegalStateException(
                        "key '"
                                + key
                                + "' is none of the columns "
                                + names()
                                + " that the sink of table '"
                                + table
                                + "' writes; give it by withColumn");
            }
        }
        if (deletes != null && keys.isEmpty()) {
            throw new IllegalStateException(
                    "the sink of table '"
                            + table
                            + "' deletes rows, but has no keys to find them by; give some by"
                            + " withKeys");
        }
    }
}
