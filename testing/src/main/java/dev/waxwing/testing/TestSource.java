package dev.waxwing.testing;

import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.StatefulSourcePartition;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A source of given elements: items, and {@linkplain TestItems marks} for what happens between
 * them.
 *
 * <p>A batch ends when it is full and before a crash or an end of input, which then are a batch of
 * their own. A position counts every element, items and marks. A crash fires once in the life of
 * the source object, however often the plan that holds it is run. Thread-safe.
 *
 * @param <T> item
 */
public final class TestSource<T> implements FixedPartitionedSource<T, Integer> {

    private static final long serialVersionUID = 1L;

    private static final String ONLY_PARTITION = "items";

    private final Map<String, List<Object>> partitions;
    private final int batchItems;
    private final transient @Nullable InstantSource clock;
    private final Set<String> firedCrashes = ConcurrentHashMap.newKeySet();

    private TestSource(
            Map<String, List<Object>> partitions, int batchItems, @Nullable InstantSource clock) {
        this.partitions = partitions;
        this.batchItems = batchItems;
        this.clock = clock;
    }

    /**
     * A source of one partition, {@code items}.
     *
     * @param first the first item
     * @param rest further items of the same type, and marks
     */
    public static <T> TestSource<T> of(T first, Object... rest) {
        List<Object> elements = new ArrayList<>();
        elements.add(first);
        Collections.addAll(elements, rest);
        return ofElements(elements);
    }

    /** As {@link #of}, of a list, which may be empty or begin with a mark. */
    public static <T> TestSource<T> ofElements(List<?> elements) {
        return partitions(Map.of(ONLY_PARTITION, elements));
    }

    /** A source of several partitions, listed in the map's order. */
    public static <T> TestSource<T> partitions(Map<String, ? extends List<?>> elements) {
        Map<String, List<Object>> copy = new LinkedHashMap<>();
        elements.forEach((name, list) -> copy.put(name, List.copyOf(list)));
        return new TestSource<>(copy, 1, null);
    }

    /** The same elements in batches of up to {@code items}, 1 or more; crashes fire anew. */
    public TestSource<T> withBatchItems(int items) {
        if (items < 1) {
            throw new IllegalArgumentException("items must be 1 or more, but was " + items);
        }
        return new TestSource<>(partitions, items, clock);
    }

    /**
     * The same elements, with pauses by this clock, which should be the runner's; the system's if
     * none is given. Crashes fire anew.
     */
    public TestSource<T> withClock(InstantSource pauses) {
        return new TestSource<>(partitions, batchItems, Objects.requireNonNull(pauses));
    }

    @Override
    public List<String> listParts() {
        return List.copyOf(partitions.keySet());
    }

    @Override
    public StatefulSourcePartition<T, Integer> buildPart(
            String stepId, String forPart, @Nullable Integer resumeState) {
        return new TestSourcePartition<T>(
                        forPart,
                        partitions.getOrDefault(forPart, List.of()),
                        batchItems,
                        clock == null ? InstantSource.system() : clock,
                        firedCrashes,
                        resumeState == null ? 0 : resumeState)
                .asToldWhatIsDone();
    }
}
