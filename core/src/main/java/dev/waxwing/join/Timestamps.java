package dev.waxwing.join;

import dev.waxwing.function.HoldsCode;
import dev.waxwing.function.Mapper;
import java.io.Serializable;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * When a value happened, for values of several types: {@code Timestamps.of(Auction.class,
 * Auction::opened).and(Bid.class, Bid::at)}. For clocks of windowed joins and of merged streams.
 * Immutable.
 */
public final class Timestamps implements Mapper<Object, Instant>, HoldsCode {

    private static final long serialVersionUID = 1L;

    private final LinkedHashMap<Class<?>, Mapper<Object, Instant>> byType;

    private Timestamps(Map<Class<?>, Mapper<Object, Instant>> byType) {
        this.byType = new LinkedHashMap<>(byType);
    }

    /** For values of one type. */
    public static <T> Timestamps of(Class<T> type, Mapper<? super T, Instant> timestamp) {
        return new Timestamps(Map.of()).and(type, timestamp);
    }

    /** The same and values of another type; the first type that fits a value counts. */
    public <T> Timestamps and(Class<T> type, Mapper<? super T, Instant> timestamp) {
        Objects.requireNonNull(timestamp, "timestamp must not be null");
        Timestamps more = new Timestamps(byType);
        more.byType.put(type, value -> timestamp.map(type.cast(value)));
        return more;
    }

    /** The types, in the order in which they were given. */
    public Set<Class<?>> types() {
        return Collections.unmodifiableSet(byType.keySet());
    }

    @Override
    public Instant map(Object value) throws Exception {
        for (Map.Entry<Class<?>, Mapper<Object, Instant>> each : byType.entrySet()) {
            if (each.getKey().isInstance(value)) {
                return each.getValue().map(value);
            }
        }
        throw new IllegalArgumentException(
                "no timestamp function for a "
                        + value.getClass().getName()
                        + "; known are "
                        + byType.keySet()
                        + ": add one with and(...)");
    }

    @Override
    public List<Serializable> code() {
        return List.copyOf(byType.values());
    }
}
