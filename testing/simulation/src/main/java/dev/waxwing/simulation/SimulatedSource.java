package dev.waxwing.simulation;

import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.StatefulSourcePartition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A source of given items in a simulation: reads them in batches of any size, pauses, fails and is
 * killed when the seed wants it. A position counts the items of a partition. What has been
 * acknowledged cannot be read again.
 *
 * @param <T> item
 */
public final class SimulatedSource<T> implements FixedPartitionedSource<T, Integer> {

    private static final long serialVersionUID = 1L;

    private final transient World world;
    private final Map<String, List<T>> items = new LinkedHashMap<>();
    private final Map<String, Integer> acknowledged = new LinkedHashMap<>();

    SimulatedSource(World world, Map<String, ? extends List<? extends T>> items) {
        this.world = world;
        items.forEach((part, all) -> this.items.put(part, List.copyOf(all)));
    }

    @Override
    public List<String> listParts() {
        world.mayFail("listing partitions");
        return new ArrayList<>(items.keySet());
    }

    @Override
    public StatefulSourcePartition<T, Integer> buildPart(
            String stepId, String forPart, @Nullable Integer resumeState) {
        world.mayFail("opening a source");
        int position = resumeState == null ? 0 : resumeState;
        int gone = acknowledged.getOrDefault(forPart, 0);
        if (position < gone) {
            throw new AssertionError(
                    "partition '"
                            + forPart
                            + "' is to be read from position "
                            + position
                            + ", though "
                            + gone
                            + " items were acknowledged as done");
        }
        world.partOpened();
        return new SimulatedSourcePartition<>(world, this, forPart, items(forPart), position);
    }

    /** The items of a partition, in order. */
    List<T> items(String part) {
        return items.getOrDefault(part, List.of());
    }

    void acknowledged(String part, int position) {
        acknowledged.merge(part, position, Math::max);
    }
}
