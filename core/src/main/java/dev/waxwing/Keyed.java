package dev.waxwing;

import java.io.Serializable;

/**
 * A key and a value as one item, for where a keyed stream becomes a plain one: {@code
 * stream.map("pairs", Keyed::new)}.
 *
 * @param <K> key
 * @param <V> value
 */
public record Keyed<K, V>(K key, V value) implements Serializable {}
