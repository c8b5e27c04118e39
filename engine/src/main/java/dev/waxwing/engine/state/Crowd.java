package dev.waxwing.engine.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A map for the keys that a table has no place for near to where they belong, since too many others
 * share their hash. Confined to the worker.
 */
final class Crowd<V> {

    /*
     * A key of a known kind is found by another hash than its own; one of another class by its order, if the class is
     * Comparable. As in a java.util.HashMap keys that are equal must then compare as equal. What has neither, and what is not
     * equal to a key that it compares as equal to, is found by its own hash again, which is to compare it with one key
     * after the other.
     *
     * Nothing of this is stored: after a restore all keys are put in anew. Ties that the maps break by
     * identity hold for one map in one JVM, and no answer depends on them.
     *
     * Linked, so that the keys come in the same order in each run.
     */
    private final Map<Hashed, V> byHash = new LinkedHashMap<>();
    private final Map<Class<?>, Map<Object, Ordered<V>>> byOrder = new LinkedHashMap<>();
    private int ordered;

    @Nullable V get(Object key) {
        Map<Object, Ordered<V>> others = orderOf(key);
        if (others != null) {
            Ordered<V> found = others.get(key);
            if (found != null && found.key.equals(key)) {
                return found.value;
            }
        }
        return byHash.isEmpty() ? null : byHash.get(new Hashed(key));
    }

    void put(Object key, V value) {
        Map<Object, Ordered<V>> others = orderOf(key);
        if (others != null && others.putIfAbsent(key, new Ordered<>(key, value)) == null) {
            ordered++;
        } else {
            byHash.put(new Hashed(key), value);
        }
    }

    void remove(Object key) {
        Map<Object, Ordered<V>> others = orderOf(key);
        Ordered<V> found = others == null ? null : others.get(key);
        if (others != null && found != null && found.key.equals(key)) {
            others.remove(key);
            ordered--;
        } else {
            byHash.remove(new Hashed(key));
        }
    }

    int size() {
        return byHash.size() + ordered;
    }

    /** The values, in no order, but the same in each run. */
    List<V> values() {
        List<V> values = new ArrayList<>(byHash.values());
        byOrder.values().forEach(all -> all.values().forEach(each -> values.add(each.value)));
        return values;
    }

    private @Nullable Map<Object, Ordered<V>> orderOf(Object key) {
        return key instanceof Comparable<?> && !SecondHash.knows(key)
                ? byOrder.computeIfAbsent(key.getClass(), none -> new TreeMap<>())
                : null;
    }

    private record Ordered<V>(Object key, V value) {}

    /** A key by its second hash; where that is shared as well, by its order. */
    private static final class Hashed implements Comparable<Hashed> {

        private final Object key;
        private final int hash;

        Hashed(Object key) {
            this.key = key;
            this.hash = SecondHash.of(key);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Hashed hashed && hashed.key.equals(key);
        }

        /* Keys of one class in their order, classes by name; what has no order compares as equal. */
        @Override
        @SuppressWarnings("unchecked") // keys of one class are compared with each other
        public int compareTo(Hashed other) {
            boolean hasOrder = key instanceof Comparable<?>;
            if (!hasOrder || !(other.key instanceof Comparable<?>)) {
                return Boolean.compare(hasOrder, other.key instanceof Comparable<?>);
            }
            return key.getClass() == other.key.getClass()
                    ? ((Comparable<Object>) key).compareTo(other.key)
                    : key.getClass().getName().compareTo(other.key.getClass().getName());
        }
    }
}
