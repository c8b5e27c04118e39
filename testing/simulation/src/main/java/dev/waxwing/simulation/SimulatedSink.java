package dev.waxwing.simulation;

import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.StatefulSinkPartition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A sink in a simulation: keeps what is written by position, so that it can be read exactly once;
 * fails and is killed when the seed wants it. What was not forced may be gone after a kill. For
 * plain streams and, wherever the key, for keyed ones.
 *
 * @param <X> item
 */
public final class SimulatedSink<X> implements FixedPartitionedSink<Object, X, Integer> {

    private static final long serialVersionUID = 1L;

    private final transient World world;
    private final Map<String, Written<X>> parts = new LinkedHashMap<>();

    SimulatedSink(World world, int partCount) {
        this.world = world;
        for (int i = 0; i < partCount; i++) {
            parts.put("part-" + i, new Written<>());
        }
    }

    /** What a reader finds who trusts positions only: each partition's items in order; a copy. */
    public List<X> committed() {
        List<X> committed = new ArrayList<>();
        parts.forEach(
                (name, part) -> {
                    if (part.opened) {
                        part.checkComplete(name, world.hazards().store().isThere());
                        committed.addAll(part.items);
                    }
                });
        return committed;
    }

    @Override
    public List<String> listParts() {
        return List.copyOf(parts.keySet());
    }

    @Override
    public StatefulSinkPartition<X, Integer> buildPart(
            String stepId, String forPart, @Nullable Integer resumeState) {
        world.mayFail("opening a sink");
        Written<X> written = Objects.requireNonNull(parts.get(forPart));
        written.goBackTo(forPart, resumeState == null ? 0 : resumeState);
        world.partOpened();
        return new SimulatedSinkPartition<>(world, forPart, written);
    }

    void onStart() {
        parts.values().forEach(part -> part.opened = false);
    }

    void onPowerLoss() {
        parts.values()
                .forEach(
                        part ->
                                part.cut(
                                        world.chance()
                                                .between(
                                                        Math.min(part.forced, part.items.size()),
                                                        part.items.size())));
    }

    /** What has been written to a partition. */
    static final class Written<X> {

        final List<X> items = new ArrayList<>();

        /** The position that was told last. */
        int position;

        /** How much has been forced to the disk. */
        int forced;

        /** Whether the present execution has it open. */
        boolean opened;

        void goBackTo(String name, int resumed) {
            if (opened) {
                throw new AssertionError("sink partition '" + name + "' was opened twice");
            }
            if (resumed > items.size()) {
                throw new AssertionError(
                        "sink partition '"
                                + name
                                + "' is to go on at position "
                                + resumed
                                + ", but only "
                                + items.size()
                                + " items were forced to the disk before");
            }
            opened = true;
            cut(resumed);
            position = resumed;
            forced = resumed;
        }

        void cut(int size) {
            items.subList(size, items.size()).clear();
        }

        void checkComplete(String name, boolean recovery) {
            if (recovery && position != items.size()) {
                throw new AssertionError(
                        "sink partition '"
                                + name
                                + "' has "
                                + items.size()
                                + " items, but its last position is "
                                + position);
            }
        }
    }
}
