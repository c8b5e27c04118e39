package dev.waxwing.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.StatefulSourcePartition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whether a source keeps the promises of {@link FixedPartitionedSource}. The author of a connector
 * extends it by a test class that says what the source should read.
 *
 * @param <T> item
 * @param <S> position of a partition
 */
public abstract class SourceConformance<T, S> {

    private static final String STEP_ID = "flow.in";

    /**
     * For subclasses in the module of a connector.
     *
     * @throws IllegalStateException if AssertJ or JUnit is missing or too old; both are the user's
     */
    protected SourceConformance() {
        TestJars.require();
    }

    /**
     * A source that ends, whose items are those of {@link #expected}; the same every time within a
     * test. At least one partition should have several batches.
     */
    protected abstract FixedPartitionedSource<T, S> source() throws Exception;

    /** What is in each partition, in order. */
    protected abstract Map<String, List<T>> expected() throws Exception;

    /** How long a read may take. */
    protected Duration timeout() {
        return Duration.ofSeconds(10);
    }

    @Test
    void listsEveryPartitionOnceAndTheSameEachTime() throws Exception {
        FixedPartitionedSource<T, S> source = source();

        assertThat(source.listParts())
                .containsExactlyInAnyOrderElementsOf(expected().keySet())
                .isEqualTo(source.listParts());
    }

    @Test
    void readsEverythingInOrder() throws Exception {
        FixedPartitionedSource<T, S> source = source();
        for (String part : source.listParts()) {
            try (StatefulSourcePartition<T, S> partition = build(source, part, null)) {
                assertThat(new PartitionReader<>(partition).readAll(timeout()))
                        .as("partition %s", part)
                        .isEqualTo(itemsOf(part));
            }
        }
    }

    @Test
    void resumesAtEveryPositionWithoutGapOrRepetition() throws Exception {
        FixedPartitionedSource<T, S> source = source();
        for (String part : source.listParts()) {
            for (Position<S> position : positions(source, part)) {
                try (StatefulSourcePartition<T, S> partition =
                        build(source, part, position.state())) {
                    assertThat(new PartitionReader<>(partition).readAll(timeout()))
                            .as("partition %s from %s", part, position)
                            .isEqualTo(
                                    itemsOf(part)
                                            .subList(position.itemsBefore(), itemsOf(part).size()));
                }
            }
        }
    }

    @Test
    void snapshotOfAResumedPartitionIsItsResumeState() throws Exception {
        FixedPartitionedSource<T, S> source = source();
        for (String part : source.listParts()) {
            for (Position<S> position : positions(source, part)) {
                try (StatefulSourcePartition<T, S> partition =
                        build(source, part, position.state())) {
                    assertThat(partition.snapshot()).isEqualTo(position.state());
                }
            }
        }
    }

    @Test
    void snapshotDoesNotChangeWhenReadingGoesOn() throws Exception {
        FixedPartitionedSource<T, S> source = source();
        for (String part : source.listParts()) {
            S position;
            int itemsBefore;
            try (StatefulSourcePartition<T, S> partition = build(source, part, null)) {
                PartitionReader<T> reader = new PartitionReader<>(partition);
                itemsBefore = reader.readBatch(timeout()).size();
                position = partition.snapshot();
                reader.readAll(timeout());
                partition.snapshot();
            }
            try (StatefulSourcePartition<T, S> partition = build(source, part, position)) {
                assertThat(new PartitionReader<>(partition).readAll(timeout()))
                        .as("partition %s from a position that is older than the last", part)
                        .isEqualTo(itemsOf(part).subList(itemsBefore, itemsOf(part).size()));
            }
        }
    }

    @Test
    void closesWithoutHavingBeenRead() throws Exception {
        FixedPartitionedSource<T, S> source = source();
        for (String part : source.listParts()) {
            build(source, part, null).close();
        }
    }

    @Test
    void canTravel() throws Exception {
        FixedPartitionedSource<T, S> source = source();

        FixedPartitionedSource<T, S> travelled = throughSerialization(source);

        assertThat(travelled.listParts()).isEqualTo(source.listParts());
    }

    private List<T> itemsOf(String part) throws Exception {
        return expected().getOrDefault(part, List.of());
    }

    private List<Position<S>> positions(FixedPartitionedSource<T, S> source, String part)
            throws Exception {
        List<Position<S>> positions = new ArrayList<>();
        try (StatefulSourcePartition<T, S> partition = build(source, part, null)) {
            PartitionReader<T> reader = new PartitionReader<>(partition);
            int items = 0;
            positions.add(new Position<>(items, partition.snapshot()));
            while (!reader.hasEnded()) {
                items += reader.readBatch(timeout()).size();
                positions.add(new Position<>(items, partition.snapshot()));
            }
        }
        return positions;
    }

    private static <T, S> StatefulSourcePartition<T, S> build(
            FixedPartitionedSource<T, S> source, String part, @Nullable S resumeState)
            throws Exception {
        return source.buildPart(STEP_ID, part, resumeState);
    }

    @SuppressWarnings("unchecked") // a copy has the type of the original
    private static <X> X throughSerialization(X original) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(original);
        }
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (X) in.readObject();
        }
    }

    private record Position<S>(int itemsBefore, S state) {}
}
