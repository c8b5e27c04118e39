package dev.waxwing.testing;

import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.source.AcknowledgingPartition;
import dev.waxwing.source.DynamicSource;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.Source;
import dev.waxwing.source.SourcePartition;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.windowing.Micros;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the partitions of a source, each when it wants to be read. */
final class SourceReference extends ReferenceStep {

    private final Source<?> source;
    private final List<Reader> readers = new ArrayList<>();

    SourceReference(CoreStep step, ReferenceTime time, Source<?> source) {
        super(step, time);
        this.source = source;
    }

    List<Reader> readers() {
        return readers;
    }

    @Override
    @SuppressWarnings("unchecked") // a position comes from the source that it goes to
    void open(@Nullable ReferenceStore store) {
        if (source instanceof FixedPartitionedSource<?, ?> fixed) {
            openParts(
                    (FixedPartitionedSource<Object, Object>) fixed,
                    store == null ? Map.of() : store.positions(step.userStep()));
        } else if (source instanceof DynamicSource<?> dynamic) {
            try {
                readers.add(
                        new Reader(
                                null,
                                new Attempts(this, "build")
                                        .opening(() -> dynamic.build(step.userStep(), 0, 1))));
            } catch (Throwable e) {
                throw new Attempts(this, "build").failed(null, e);
            }
        }
        readers.forEach(Reader::askAwake);
    }

    @Override
    List<Reader> upstreamReaders() {
        return readers;
    }

    @Override
    void onActivationEnd() {
        for (Reader reader : readers) {
            if (reader.partition instanceof AcknowledgingPartition<?> partition) {
                new Attempts(this, "renew").forNone(out -> partition.renew());
            }
        }
        if (readers.stream().allMatch(Reader::hasEnded)) {
            sendWatermark(Micros.END_OF_TIME);
        }
    }

    @Override
    void onItem(@Nullable Object key, Object item) {
        throw new AssertionError("an input has no upstream");
    }

    @Override
    void snapshot(ReferenceStore.Snapshots snapshots) {
        for (Reader reader : readers) {
            if (reader.partition instanceof StatefulSourcePartition<?, ?> partition
                    && reader.name != null) {
                snapshots.position(step.userStep(), reader.name, reader.position(partition));
            }
            reader.epochEnd =
                    reader.partition instanceof StatefulSourcePartition<?, ?> partition
                            ? partition.snapshot()
                            : null;
        }
    }

    @Override
    void onDone() {
        for (Reader reader : readers) {
            Object upTo = reader.epochEnd;
            if (upTo != null && reader.partition instanceof AcknowledgingPartition<?> partition) {
                new Attempts(this, "acknowledge").forNone(out -> acknowledge(partition, upTo));
            }
        }
    }

    @SuppressWarnings("unchecked") // the position came from this partition
    private static void acknowledge(AcknowledgingPartition<?> partition, Object upTo)
            throws Exception {
        ((AcknowledgingPartition<Object>) partition).acknowledge(upTo);
    }

    @Override
    void close() throws Exception {
        Closing.all(readers.stream().map(reader -> (AutoCloseable) reader.partition).toList());
    }

    private void openParts(
            FixedPartitionedSource<Object, Object> fixed, Map<Object, Object> positions) {
        Attempts opening = new Attempts(this, "opening the source");
        try {
            List<String> names = opening.opening(fixed::listParts);
            checkNames(fixed, names, positions);
            for (String name : names) {
                readers.add(
                        new Reader(
                                name,
                                opening.opening(
                                        () ->
                                                fixed.buildPart(
                                                        step.userStep(),
                                                        name,
                                                        positions.get(name)))));
            }
        } catch (Throwable e) {
            throw opening.failed(null, e);
        }
    }

    private void checkNames(
            FixedPartitionedSource<?, ?> source,
            List<String> names,
            Map<Object, Object> positions) {
        if (names.isEmpty() && !source.mayListNothing()) {
            throw checks.nothingListed();
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw checks.failed("the source lists a partition twice: " + names, null);
        }
        for (Object known : positions.keySet()) {
            if (!names.contains(known)) {
                throw checks.failed(
                        "the recovery store has a position of partition '"
                                + known
                                + "', but the source lists only "
                                + names
                                + "; bring it back or tell the runner to forget it",
                        null);
            }
        }
    }

    /** An open partition and when it is to be read next. */
    final class Reader {

        private final @Nullable String name;
        private final SourcePartition<?> partition;
        private Instant awake = Instant.MIN;
        private boolean ended;

        /** In a row, with nothing read in between. */
        private int failures;

        private @Nullable Object epochEnd;

        Reader(@Nullable String name, @Nullable SourcePartition<?> partition) {
            this.name = name;
            if (partition == null) {
                throw checks.failed("the source built null for partition '" + name + "'", null);
            }
            this.partition = partition;
        }

        boolean hasEnded() {
            return ended;
        }

        /** When to read it. */
        Instant awake() {
            return awake;
        }

        /** Reads a batch and pushes it through the dataflow. */
        @SuppressWarnings("unchecked") // the outputs take anything
        void read() {
            Attempts nextBatch = new Attempts(SourceReference.this, "nextBatch" + of());
            ReferenceOutputs out = new ReferenceOutputs(SourceReference.this, null);
            Throwable failure =
                    Attempts.attempt(
                            out,
                            emitter -> {
                                SourceStatus status =
                                        ((SourcePartition<Object>) partition).nextBatch(emitter);
                                ended = status(status) == SourceStatus.ENDED;
                            });
            Instant now = time.now();
            if (failure == null) {
                failures = 0;
                awake = out.isEmpty() ? now.plusMillis(1) : now;
                if (!ended) {
                    askAwake();
                }
            } else {
                failures = out.isEmpty() ? failures + 1 : 1;
                awake = nextBatch.nextAttempt(failures, failure, now);
            }
            time.reads(this);
            out.pass();
        }

        void askAwake() {
            try {
                Instant asked = partition.nextAwake();
                if (asked != null) {
                    awake = asked;
                }
            } catch (RuntimeException e) {
                throw checks.threw("nextAwake" + of(), e);
            }
        }

        private Object position(StatefulSourcePartition<?, ?> stateful) {
            try {
                Object position = stateful.snapshot();
                if (position == null) {
                    throw checks.failed("snapshot" + of() + " returned null", null);
                }
                return position;
            } catch (RuntimeException e) {
                throw new Attempts(SourceReference.this, "snapshot" + of()).failed(null, e);
            }
        }

        private SourceStatus status(@Nullable SourceStatus status) {
            if (status == null) {
                throw checks.failed(
                        "nextBatch" + of() + " returned null; return OPEN or ENDED", null);
            }
            return status;
        }

        private String of() {
            return name == null ? "" : " of partition '" + name + "'";
        }
    }
}
