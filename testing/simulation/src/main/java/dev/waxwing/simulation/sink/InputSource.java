package dev.waxwing.simulation.sink;

import dev.waxwing.simulation.Chance;
import dev.waxwing.source.AcknowledgingPartition;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.testing.ManualClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the keys of a run, and passes on what it is told to be done. */
final class InputSource implements FixedPartitionedSource<String, Integer> {

    private static final long serialVersionUID = 1L;

    private final transient Map<String, List<String>> input;
    private final transient Chance chance;
    private final transient ManualClock clock;
    private final transient Listener listener;

    /** Hears what is done. */
    interface Listener {
        void acknowledged(String part, int upTo);
    }

    InputSource(
            Map<String, List<String>> input, Chance chance, ManualClock clock, Listener listener) {
        this.input = input;
        this.chance = chance;
        this.clock = clock;
        this.listener = listener;
    }

    @Override
    public List<String> listParts() {
        return List.copyOf(input.keySet());
    }

    @Override
    public StatefulSourcePartition<String, Integer> buildPart(
            String stepId, String forPart, @Nullable Integer resumeState) {
        return new Partition(forPart, resumeState == null ? 0 : resumeState);
    }

    private final class Partition
            implements StatefulSourcePartition<String, Integer>, AcknowledgingPartition<Integer> {

        private final String name;
        private final List<String> keys;
        private int position;
        private @Nullable Instant awake;

        Partition(String name, int position) {
            this.name = name;
            this.keys = input.getOrDefault(name, List.of());
            this.position = position;
        }

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super String> out) {
            if (awake != null && clock.instant().isBefore(awake)) {
                return SourceStatus.OPEN;
            }
            awake = clock.instant().plusMillis(chance.oneOf(0, 1, 5));
            for (int left = chance.between(1, 4); left > 0 && position < keys.size(); left--) {
                out.emit(keys.get(position++));
            }
            return position == keys.size() ? SourceStatus.ENDED : SourceStatus.OPEN;
        }

        @Override
        public @Nullable Instant nextAwake() {
            return awake;
        }

        @Override
        public Integer snapshot() {
            return position;
        }

        @Override
        public void acknowledge(Integer upTo) {
            listener.acknowledged(name, upTo);
        }
    }
}
