package dev.waxwing.recovery.codec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The collections that can be stored, and what they are when they are read. The order of the
 * constants is part of the stored format: append only.
 */
@SuppressWarnings({"ImmutableEnumChecker", "JdkObsolete"})
enum SequenceKind {
    LIST("List", false, ArrayList::new, List.class, ArrayList.class, Collection.class),
    LINKED_LIST("LinkedList", false, size -> new LinkedList<>(), LinkedList.class),
    DEQUE("Deque", false, ArrayDeque::new, Deque.class, Queue.class, ArrayDeque.class),
    SET("Set", true, SequenceKind::linkedSet, Set.class, LinkedHashSet.class),
    HASH_SET("HashSet", true, SequenceKind::hashSet, HashSet.class),
    SORTED_SET(
            "TreeSet",
            true,
            size -> new TreeSet<>(),
            TreeSet.class,
            SortedSet.class,
            NavigableSet.class);

    private final String text;
    private final boolean isSet;
    private final IntFunction<Collection<@Nullable Object>> maker;
    private final List<Class<?>> classes;

    SequenceKind(
            String text,
            boolean isSet,
            IntFunction<Collection<@Nullable Object>> maker,
            Class<?>... classes) {
        this.text = text;
        this.isSet = isSet;
        this.maker = maker;
        this.classes = List.of(classes);
    }

    /** Its number in the stored format: its place among the constants. */
    @SuppressWarnings("EnumOrdinal")
    int code() {
        return ordinal();
    }

    /** In schema texts and messages. */
    String text() {
        return text;
    }

    boolean isSet() {
        return isSet;
    }

    /**
     * An empty mutable collection.
     *
     * @param size for how many elements there is to be room
     */
    Collection<@Nullable Object> make(int size) {
        return maker.apply(size);
    }

    static @Nullable SequenceKind ofDeclared(Class<?> type) {
        for (SequenceKind kind : values()) {
            if (kind.classes.contains(type)) {
                return kind;
            }
        }
        return type == Iterable.class ? LIST : null;
    }

    /** For a value without a declared type. */
    static @Nullable SequenceKind ofValue(Object value) {
        if (value instanceof List) {
            return LIST;
        } else if (value instanceof SortedSet) {
            return SORTED_SET;
        } else if (value instanceof Set) {
            return SET;
        }
        return value instanceof ArrayDeque ? DEQUE : null;
    }

    static @Nullable SequenceKind ofText(String text) {
        for (SequenceKind kind : values()) {
            if (kind.text.equals(text)) {
                return kind;
            }
        }
        return null;
    }

    private static Collection<@Nullable Object> linkedSet(int size) {
        return new LinkedHashSet<>(size * 2);
    }

    private static Collection<@Nullable Object> hashSet(int size) {
        return new HashSet<>(size * 2);
    }
}
