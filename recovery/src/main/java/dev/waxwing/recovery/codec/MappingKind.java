package dev.waxwing.recovery.codec;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The maps that can be stored, and what they are when they are read. */
@SuppressWarnings("ImmutableEnumChecker")
enum MappingKind {
    MAP("Map", LinkedHashMap::new, Map.class, LinkedHashMap.class),
    HASH_MAP("HashMap", HashMap::new, HashMap.class),
    SORTED_MAP("TreeMap", TreeMap::new, TreeMap.class, SortedMap.class, NavigableMap.class);

    private final String text;
    private final Supplier<Map<@Nullable Object, @Nullable Object>> maker;
    private final List<Class<?>> classes;

    MappingKind(
            String text,
            Supplier<Map<@Nullable Object, @Nullable Object>> maker,
            Class<?>... classes) {
        this.text = text;
        this.maker = maker;
        this.classes = List.of(classes);
    }

    /** In schema texts and messages. */
    String text() {
        return text;
    }

    /** An empty mutable map. */
    Map<@Nullable Object, @Nullable Object> make() {
        return maker.get();
    }

    static @Nullable MappingKind ofDeclared(Class<?> type) {
        for (MappingKind kind : values()) {
            if (kind.classes.contains(type)) {
                return kind;
            }
        }
        return null;
    }

    /** For a value without a declared type. */
    static MappingKind ofValue(Map<?, ?> value) {
        return value instanceof SortedMap ? SORTED_MAP : MAP;
    }

    static @Nullable MappingKind ofText(String text) {
        for (MappingKind kind : values()) {
            if (kind.text.equals(text)) {
                return kind;
            }
        }
        return null;
    }
}
