package dev.waxwing.jdbc;

import dev.waxwing.function.Mapper;
import dev.waxwing.function.Predicate;
import dev.waxwing.function.TypeRef;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.ResettableSink;
import dev.waxwing.sink.TransactionalPartition;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes items to a table, each epoch of a writer in one transaction together with a marker, so
 * that every item is in the table exactly once, and a reader sees each writer's epochs as wholes.
 *
 * <pre>{@code
 * JdbcSink.into(Database.of(dataSource), "orders", TypeRef.of(Order.class))
 *         .withColumn("id", Order::id)
 *         .withColumn("total", Order::total)
 *         .withKeys("id")
 * }</pre>
 *
 * <p>Rows are inserted. With {@link #withKeys keys} a row takes the place of the one that has its
 * keys, if there is one, and with {@link #withDeletes} some items delete it. Names are compared
 * exactly as the database has them, in upper and lower case too; whatever is in them, they are
 * quoted. Values are bound, or escaped where they are copied.
 *
 * <p>A table of markers must be in the schema of the table; see {@link #withOnMissingMarkerTable}.
 * Transactions of the database are all that is used: no XA, and no prepared transactions.
 *
 * <p>A row that the database refuses for what is in it, or of which no row can be made, is
 * rejected: a dead letter, if the step has such a policy. The others of its epoch are written.
 *
 * <p>Immutable; {@code with…} methods return copies. Serializable if the database and functions
 * are.
 *
 * @param <X> item
 */
public final class JdbcSink<X> implements EpochSink<X>, ResettableSink {

    private static final long serialVersionUID = 1L;

    private final Database database;
    private final TableName table;
    private final TypeRef<X> itemType;
    private final RowForm<X> form;
    private final MarkerOptions markers;
    private final int writers;

    private JdbcSink(
            Database database,
            TableName table,
            TypeRef<X> itemType,
            RowForm<X> form,
            MarkerOptions markers,
            int writers) {
        this.database = database;
        this.table = table;
        this.itemType = itemType;
        this.form = form;
        this.markers = markers;
        this.writers = writers;
    }

    /**
     * Writes to a table, by one writer; it needs {@linkplain #withColumn columns}.
     *
     * @param table its name alone, without a schema
     * @param itemType of what is kept in the recovery store until it is committed
     */
    public static <X> JdbcSink<X> into(Database database, String table, TypeRef<X> itemType) {
        return new JdbcSink<>(
                database,
                new TableName(null, table),
                itemType,
                RowForm.empty(),
                MarkerOptions.DEFAULTS,
                1);
    }

    /** The schema of the table; that of the connection if it is not given. */
    public JdbcSink<X> withSchema(String schema) {
        return new JdbcSink<>(database, table.in(schema), itemType, form, markers, writers);
    }

    /**
     * Puts what a function makes of an item into a column. Columns of the table that are not given
     * get their defaults.
     *
     * @param value makes null, a string, number, boolean, byte[], enum, UUID, a type of {@code
     *     java.time} or, on PostgreSQL, a list or array of these; the same for the same item each
     *     time. In a column of text it has the form of {@link dev.waxwing.text.TextForms}, and a
     *     text for any other column must have it. One that the column would not keep as it is, such
     *     as a time with an offset in a column without, or half of a surrogate pair, rejects the
     *     item; {@link dev.waxwing.internal.UnicodeText#replaced} replaces such halves. The
     *     function is called off the workers, and may be called again for the same item. What it
     *     throws rejects the item
     */
    public JdbcSink<X> withColumn(String name, Mapper<? super X, ?> value) {
        return with(new Column<>(name, Column.Origin.ITEM, value));
    }

    /** Puts the number of the epoch into a column. */
    public JdbcSink<X> withEpochColumn(String name) {
        return with(Column.of(name, Column.Origin.EPOCH));
    }

    /** Puts the name of the writer into a column, {@code writer-0}, {@code writer-1}… */
    public JdbcSink<X> withWriterColumn(String name) {
        return with(Column.of(name, Column.Origin.WRITER));
    }

    /**
     * Columns that tell which row an item is for: it is replaced, or made if there is none. Columns
     * that are not written keep what they have. Items of a key must go to the same writer, or their
     * order is open: key the stream by it, or keep one writer.
     *
     * @param names of columns that are written, with a primary key or a unique index of just these;
     *     they may not be null
     */
    public JdbcSink<X> withKeys(String... names) {
        return with(form.withKeys(List.of(names)));
    }

    /** Items that delete the row of their keys, if it is there. Only with {@link #withKeys}. */
    public JdbcSink<X> withDeletes(Predicate<? super X> isDeleted) {
        return with(form.withDeletes(isDeleted));
    }

    /**
     * How many writers there are, each with a connection and a marker; one by default. In a keyed
     * stream the key chooses the writer. The number may be changed only if the runner is told to
     * accept it.
     */
    public JdbcSink<X> withWriters(int count) {
        if (count < 1 || count > 1_000) {
            throw new IllegalArgumentException(
                    "there must be 1 to 1000 writers, but the number was " + count);
        }
        return new JdbcSink<>(database, table, itemType, form, markers, count);
    }

    /** The name of the table of markers, {@code waxwing_markers} by default. */
    public JdbcSink<X> withMarkerTable(String name) {
        return with(new MarkerOptions(name, markers.onMissing()));
    }

    /**
     * What to do if there is no table of markers: by default the start is refused, with the
     * statement that makes it.
     */
    public JdbcSink<X> withOnMissingMarkerTable(OnMissing choice) {
        return with(new MarkerOptions(markers.table(), choice));
    }

    /**
     * A sink of the same rows that writes them at once and leaves a row as it is if its key is
     * there. Without markers: right only under a condition, see {@link JdbcOffsetSink}.
     *
     * @throws IllegalStateException if there are no keys, or columns of the epoch or writer
     */
    public JdbcOffsetSink<X> asOffsetSink() {
        form.check(table.table());
        boolean ofItems =
                form.columns().stream().allMatch(column -> column.origin() == Column.Origin.ITEM);
        if (form.keys().isEmpty() || form.deletes() != null || !ofItems) {
            throw new IllegalStateException(
                    "an offset sink needs keys, and knows no deletes, epochs and writers; give the"
                            + " sink of table '"
                            + table.table()
                            + "' keys by withKeys, and leave the others out");
        }
        return new JdbcOffsetSink<>(database, table, form);
    }

    @Override
    public List<String> listParts() {
        form.check(table.table());
        return IntStream.range(0, writers).mapToObj(i -> "writer-" + i).toList();
    }

    @Override
    public TransactionalPartition<X> buildPart(String stepId, String forPart) throws Exception {
        return JdbcPartition.open(database, table, form, markers);
    }

    @Override
    public @Nullable String remembered(Owner owner) throws Exception {
        return new MarkerTable(database, table.beside(markers.table())).remembered(owner);
    }

    @Override
    public void forget(Owner owner) throws Exception {
        new MarkerTable(database, table.beside(markers.table())).forget(owner);
    }

    @Override
    public TypeRef<X> itemType() {
        return itemType;
    }

    /** The table and the kind of database, and nothing that could be secret. */
    @Override
    public String toString() {
        return "JdbcSink into table '" + table.table() + "' of " + database;
    }

    private JdbcSink<X> with(Column<? super X> column) {
        return with(form.with(column));
    }

    private JdbcSink<X> with(RowForm<X> changed) {
        return new JdbcSink<>(database, table, itemType, changed, markers, writers);
    }

    private JdbcSink<X> with(MarkerOptions changed) {
        return new JdbcSink<>(database, table, itemType, form, changed, writers);
    }
}
