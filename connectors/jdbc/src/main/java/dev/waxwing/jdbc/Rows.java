package dev.waxwing.jdbc;

import dev.waxwing.sink.Commit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The items of a commit as rows, made when they are asked for. Confined to one thread. */
final class Rows<X> {

    private final RowForm<X> form;
    private final List<TableColumn> columns;
    private final List<Integer> keyPlaces;
    private final @Nullable Commit commit;
    private final List<X> items;

    /**
     * @param columns what the database says of those of the form
     * @param commit null if no column is of it
     */
    Rows(RowForm<X> form, List<TableColumn> columns, @Nullable Commit commit, List<X> items) {
        this.form = form;
        this.columns = columns;
        this.keyPlaces = form.keyPlaces();
        this.commit = commit;
        this.items = items;
    }

    int count() {
        return items.size();
    }

    /** One row. */
    Row at(int index) throws UnwritableRowException {
        X item = items.get(index);
        boolean deleted = isDeleted(item);
        @Nullable Object[] values = new @Nullable Object[form.columns().size()];
        for (int i = 0; i < values.length; i++) {
            if (!deleted || keyPlaces.contains(i)) {
                values[i] = Fitting.of(columns.get(i), value(form.columns().get(i), item));
            }
        }
        for (int key : keyPlaces) {
            if (values[key] == null) {
                throw new UnwritableRowException(
                        "key column '" + form.columns().get(key).name() + "' got null", null);
            }
        }
        return new Row(values, deleted);
    }

    private boolean isDeleted(X item) throws UnwritableRowException {
        if (form.deletes() == null) {
            return false;
        }
        try {
            return form.deletes().test(item);
        } catch (Exception thrown) {
            throw new UnwritableRowException("telling whether it is deleted threw", thrown);
        }
    }

    private @Nullable Object value(Column<? super X> column, X item) throws UnwritableRowException {
        if (commit != null && column.origin() == Column.Origin.EPOCH) {
            return commit.epoch();
        }
        if (commit != null && column.origin() == Column.Origin.WRITER) {
            return commit.owner().partition();
        }
        try {
            return column.value().map(item);
        } catch (Exception thrown) {
            throw new UnwritableRowException(
                    "the function of column '" + column.name() + "' threw", thrown);
        }
    }

    /**
     * A row to be written or deleted.
     *
     * @param values as {@link Fitting} makes them, by place of the column; of a deleted row those
     *     of the keys only
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Row(@Nullable Object[] values, boolean deleted) {}
}
