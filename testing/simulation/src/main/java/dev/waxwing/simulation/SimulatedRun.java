package dev.waxwing.simulation;

import dev.waxwing.Keyed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What has come of a dataflow in a simulation. */
public final class SimulatedRun {

    private static final int SHOWN_MAX = 20;

    private final List<SimulatedSink<?>> sinks;
    private final int executions;

    SimulatedRun(List<SimulatedSink<?>> sinks, int executions) {
        this.sinks = List.copyOf(sinks);
        this.executions = executions;
    }

    /** How many executions it took. */
    public int executions() {
        return executions;
    }

    /** The world's only sink has exactly these items, in any order. */
    public SimulatedRun expectExactlyOnce(Iterable<?> expected) {
        return expectExactlyOnce(only(), expected);
    }

    /** A sink has exactly these items, in any order. */
    public SimulatedRun expectExactlyOnce(SimulatedSink<?> sink, Iterable<?> expected) {
        Map<Object, Integer> difference = new LinkedHashMap<>();
        expected.forEach(item -> difference.merge(item, 1, Integer::sum));
        sink.committed().forEach(item -> difference.merge(item, -1, Integer::sum));
        List<String> wrong = new ArrayList<>();
        difference.forEach(
                (item, count) -> {
                    if (count != 0) {
                        wrong.add(
                                item
                                        + (count > 0 ? " is missing " : " is there ")
                                        + Math.abs(count)
                                        + (count > 0 ? " times" : " times too often"));
                    }
                });
        if (!wrong.isEmpty()) {
            throw new AssertionError(
                    "expected every item exactly once, but: "
                            + shortened(wrong)
                            + "; found "
                            + shortened(sink.committed()));
        }
        return this;
    }

    /** The world's only sink has exactly these items, in this order. */
    public SimulatedRun expectInOrder(List<?> expected) {
        List<?> found = only().committed();
        if (!found.equals(expected)) {
            throw new AssertionError(
                    "expected " + shortened(expected) + ", but found " + shortened(found));
        }
        return this;
    }

    /**
     * The world's only sink has exactly these values under each key, in this order; no order is
     * expected across keys. Its items are {@link Keyed} pairs.
     */
    public SimulatedRun expectInOrderPerKey(Map<?, ? extends List<?>> expected) {
        return expectInOrderPerKey(only(), expected);
    }

    /** The same of one of several sinks. */
    public SimulatedRun expectInOrderPerKey(
            SimulatedSink<?> sink, Map<?, ? extends List<?>> expected) {
        Map<Object, List<Object>> found = new LinkedHashMap<>();
        for (Object item : sink.committed()) {
            Keyed<?, ?> pair = (Keyed<?, ?>) item;
            found.computeIfAbsent(pair.key(), key -> new ArrayList<>()).add(pair.value());
        }
        List<String> wrong = new ArrayList<>();
        expected.forEach(
                (key, values) -> {
                    List<?> of = found.getOrDefault(key, List.of());
                    if (!values.equals(of)) {
                        wrong.add(key + " has " + shortened(of) + ", not " + shortened(values));
                    }
                });
        found.keySet().stream()
                .filter(key -> !expected.containsKey(key))
                .forEach(key -> wrong.add(key + " was not expected"));
        if (!wrong.isEmpty()) {
            throw new AssertionError("expected other values under a key: " + shortened(wrong));
        }
        return this;
    }

    private SimulatedSink<?> only() {
        if (sinks.size() != 1) {
            throw new IllegalStateException(
                    "the world has " + sinks.size() + " sinks; say which one is meant");
        }
        return sinks.get(0);
    }

    private static String shortened(List<?> all) {
        return all.size() <= SHOWN_MAX
                ? all.toString()
                : all.subList(0, SHOWN_MAX) + " and " + (all.size() - SHOWN_MAX) + " more";
    }
}
