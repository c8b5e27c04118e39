package dev.waxwing.files;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows as maps from column to text, in order of the columns. */
final class MapShape implements RowShape<Map<String, String>> {

    private static final long serialVersionUID = 1L;

    @Override
    public Row<Map<String, String>> bind(String file, List<String> header) {
        return row -> {
            Map<String, String> item = new LinkedHashMap<>(header.size() * 2);
            for (int i = 0; i < header.size(); i++) {
                item.put(header.get(i), row.fields().get(i));
            }
            return item;
        };
    }
}
