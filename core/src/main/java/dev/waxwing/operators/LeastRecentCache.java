package dev.waxwing.operators;

import dev.waxwing.Stream;
import dev.waxwing.function.Mapper;
import dev.waxwing.kernel.StepContext;
import dev.waxwing.step.CacheOptions;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;

/**
 * A bounded cache with time to live; the least recently used entry goes first. Confined to a
 * worker.
 */
final class LeastRecentCache<K, V> implements Stream.Cache<K, V> {

    private final Mapper<? super K, ? extends V> getter;
    private final StepContext clock;
    private final int entriesMax;
    private final long timeToLiveMillis;
    private final LinkedHashMap<K, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, true);

    LeastRecentCache(
            Mapper<? super K, ? extends V> getter, CacheOptions options, StepContext clock) {
        this.getter = getter;
        this.clock = clock;
        this.entriesMax = options.entriesMax();
        this.timeToLiveMillis =
                options.timeToLive().compareTo(Duration.ofMillis(Long.MAX_VALUE)) < 0
                        ? options.timeToLive().toMillis()
                        : Long.MAX_VALUE;
    }

    @Override
    public V get(K key) throws Exception {
        Entry<V> entry = entries.get(key);
        long now = clock.nowMillis();
        if (entry != null && now - entry.storedMillis <= timeToLiveMillis) {
            return entry.value;
        }
        V value = getter.map(key);
        entries.put(key, new Entry<>(now, value));
        makeRoom(now);
        return value;
    }

    /* What was not asked for within its time to live stands first, and goes as well. */
    private void makeRoom(long now) {
        Iterator<Entry<V>> eldest = entries.values().iterator();
        boolean goes = true;
        while (goes && eldest.hasNext()) {
            Entry<V> entry = eldest.next();
            goes = entries.size() > entriesMax || now - entry.storedMillis > timeToLiveMillis;
            if (goes) {
                eldest.remove();
            }
        }
    }

    int size() {
        return entries.size();
    }

    @Override
    public boolean remove(K key) {
        return entries.remove(key) != null;
    }

    private record Entry<V>(long storedMillis, V value) {}
}
