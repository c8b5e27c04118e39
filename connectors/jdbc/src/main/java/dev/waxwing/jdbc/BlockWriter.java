package dev.waxwing.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Inserts, replaces and deletes by statements of many rows each.
 *
 * <p>Confined to one thread.
 */
final class BlockWriter implements RowWriter {

    /*
     * A statement may not replace a row twice, so a block ends where a key comes again. It also ends
     * where writing turns to deleting or back, as their order tells what is left. Keys that are
     * different text and yet the same to the database make the statement fail; then the search for
     * rows to blame finds none, but gets to statements of one row each, and all is written.
     *
     * Blocks are cut into powers of two, so that there are few statements, which the server plans
     * once.
     */
    private static final int BLOCK_ROWS_MAX = 256;
    private static final int PARAMETERS_MAX = 32_767;

    private final Connection connection;
    private final List<TableColumn> columns;
    private final List<Integer> keys;
    private final int blockRows;
    private final String insert;
    private final String row;
    private final String conflict;
    private final String delete;

    /**
     * @param conflict what an insert does where a row has its keys, in SQL; empty to fail
     */
    BlockWriter(
            Connection connection,
            String table,
            List<TableColumn> columns,
            List<Integer> keys,
            String conflict) {
        this.connection = connection;
        this.columns = columns;
        this.keys = keys;
        this.blockRows =
                Integer.highestOneBit(
                        Math.max(1, Math.min(BLOCK_ROWS_MAX, PARAMETERS_MAX / columns.size())));
        this.insert = "insert into " + table + PostgresDialect.listed(columns) + " values ";
        this.row = "(" + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        this.conflict = conflict;
        this.delete =
                "delete from "
                        + table
                        + " where "
                        + keys.stream()
                                .map(key -> columns.get(key).quoted() + " = ?")
                                .collect(Collectors.joining(" and "));
    }

    @Override
    public void write(Rows<?> rows, int from, int to) throws SQLException, UnwritableRowException {
        List<@Nullable String[]> block = new ArrayList<>();
        Set<List<@Nullable String>> inBlock = new HashSet<>();
        boolean deletes = false;
        for (int i = from; i < to; i++) {
            Rows.Row next = rows.at(i);
            @Nullable String[] texts = texts(next);
            boolean keyComesAgain = !keys.isEmpty() && !inBlock.add(keyOf(texts));
            if (keyComesAgain || next.deleted() != deletes || block.size() == blockRows) {
                flush(block, deletes);
                inBlock.clear();
                inBlock.add(keyOf(texts));
            }
            deletes = next.deleted();
            block.add(texts);
        }
        flush(block, deletes);
    }

    private @Nullable String[] texts(Rows.Row values) throws UnwritableRowException {
        @Nullable String[] texts = new @Nullable String[columns.size()];
        for (int place = 0; place < texts.length; place++) {
            texts[place] = PostgresText.of(columns.get(place).name(), values.values()[place]);
        }
        return texts;
    }

    private List<@Nullable String> keyOf(@Nullable String[] texts) {
        List<@Nullable String> key = new ArrayList<>();
        for (int place : keys) {
            key.add(texts[place]);
        }
        return key;
    }

    private void flush(List<@Nullable String[]> block, boolean deletes) throws SQLException {
        if (deletes) {
            delete(block);
        } else {
            int done = 0;
            while (done < block.size()) {
                int size = Integer.highestOneBit(block.size() - done);
                insert(block.subList(done, done + size));
                done += size;
            }
        }
        block.clear();
    }

    private void insert(List<@Nullable String[]> block) throws SQLException {
        String sql = insert + String.join(", ", Collections.nCopies(block.size(), row)) + conflict;
        try (PreparedStatement inserting = connection.prepareStatement(sql)) {
            int index = 1;
            for (@Nullable String[] texts : block) {
                for (String text : texts) {
                    PostgresDialect.bindText(inserting, index++, text);
                }
            }
            inserting.executeUpdate();
        }
    }

    private void delete(List<@Nullable String[]> block) throws SQLException {
        try (PreparedStatement deleting = connection.prepareStatement(delete)) {
            for (@Nullable String[] texts : block) {
                int index = 1;
                for (int key : keys) {
                    PostgresDialect.bindText(deleting, index++, texts[key]);
                }
                deleting.addBatch();
            }
            deleting.executeBatch();
        }
    }
}
