package dev.waxwing;

/**
 * A worker's bounded cache in front of a look-up; starts empty in every execution.
 *
 * @param <K> key
 * @param <V> what is looked up
 */
public interface Cache<K, V> {

    /**
     * The value of a key: from the cache if it is there and fresh, else looked up and kept.
     *
     * @throws Exception what the look-up throws; nothing is kept then
     */
    V get(K key) throws Exception;

    /** Forgets a key, so that the next {@link #get} looks it up; returns whether it was there. */
    boolean remove(K key);
}
