package dev.waxwing.embedded;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Code of users and connectors calls it at points that have names; one of them fails. Counts what
 * is opened and closed. Thread-safe.
 */
final class Probe {

    private final String faultyPoint;
    private final Throwable fault;
    private final Map<String, Integer> opened = new TreeMap<>();
    private final Map<String, Integer> closed = new TreeMap<>();

    Probe(String faultyPoint, Throwable fault) {
        this.faultyPoint = faultyPoint;
        this.fault = fault;
    }

    /** A probe at which nothing fails. */
    static Probe sound() {
        return new Probe("nowhere", new AssertionError("not thrown"));
    }

    void at(String point) {
        if (point.equals(faultyPoint)) {
            throw Probe.<RuntimeException>unchecked(fault);
        }
    }

    /** Passes a result on. */
    <T extends @Nullable Object> T at(String point, T result) {
        at(point);
        return result;
    }

    synchronized void opened(String what) {
        opened.merge(what, 1, Integer::sum);
    }

    synchronized void closed(String what) {
        closed.merge(what, 1, Integer::sum);
    }

    synchronized Map<String, Integer> opened() {
        return new TreeMap<>(opened);
    }

    synchronized Map<String, Integer> closed() {
        return new TreeMap<>(closed);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E unchecked(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
