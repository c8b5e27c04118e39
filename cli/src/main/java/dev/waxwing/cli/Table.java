package dev.waxwing.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of text: columns stand below each other on a terminal, and are parted by tabs elsewhere, so
 * that other programs can read them.
 */
final class Table {

    private static final String GAP = "  ";

    private final List<String> columns;
    private final List<List<@Nullable String>> rows = new ArrayList<>();

    Table(String... columns) {
        this(Arrays.asList(columns));
    }

    Table(List<String> columns) {
        this.columns = List.copyOf(columns);
    }

    /** Adds a row; null is shown as nothing. */
    void add(@Nullable String... cells) {
        add(Arrays.asList(cells));
    }

    /** Adds a row; null is shown as nothing. */
    void add(List<@Nullable String> cells) {
        rows.add(cells);
    }

    void print(Surroundings surroundings) {
        String text = surroundings.outScreen().isTerminal() ? aligned() : tabbed();
        surroundings.out().print(text);
    }

    private String aligned() {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = columns.get(i).length();
            for (List<@Nullable String> row : rows) {
                widths[i] = Math.max(widths[i], shown(row.get(i)).length());
            }
        }
        StringBuilder out = new StringBuilder();
        append(out, columns, widths);
        rows.forEach(row -> append(out, row, widths));
        return out.toString();
    }

    private static void append(
            StringBuilder out, List<? extends @Nullable String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = shown(cells.get(i));
            line.append(cell).append(" ".repeat(widths[i] - cell.length())).append(GAP);
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    private String tabbed() {
        StringBuilder out = new StringBuilder(String.join("\t", columns)).append('\n');
        for (List<@Nullable String> row : rows) {
            out.append(String.join("\t", row.stream().map(Table::shown).toList())).append('\n');
        }
        return out.toString();
    }

    /* A cell never ends its column or row. */
    private static String shown(@Nullable String cell) {
        return cell == null
                ? ""
                : cell.replace("\t", "\\t").replace("\r", "\\r").replace("\n", "\\n");
    }
}
