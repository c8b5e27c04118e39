package dev.waxwing.files;

import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourcePartition;
import dev.waxwing.source.SourceStatus;
import java.util.ArrayList;
import java.util.List;

/** Takes what a partition emits and rejects. */
final class Collected<T> implements SourceEmitter<T> {

    final List<T> items = new ArrayList<>();
    final List<Object> rejected = new ArrayList<>();
    final List<Exception> causes = new ArrayList<>();

    /** Everything that is in a source, its partitions one after the other. */
    static <T, S> Collected<T> all(FixedPartitionedSource<T, S> source) throws Exception {
        Collected<T> collected = new Collected<>();
        for (String part : source.listParts()) {
            try (var partition = source.buildPart("flow.input", part, null)) {
                collected.drain(partition);
            }
        }
        return collected;
    }

    /** What is left in the only partition of a source after a position. */
    static <T, S> Collected<T> from(FixedPartitionedSource<T, S> source, S position)
            throws Exception {
        Collected<T> collected = new Collected<>();
        String part = source.listParts().get(0);
        try (var partition = source.buildPart("flow.input", part, position)) {
            collected.drain(partition);
        }
        return collected;
    }

    void drain(SourcePartition<T> partition) throws Exception {
        SourceStatus status = SourceStatus.OPEN;
        while (status == SourceStatus.OPEN) {
            status = partition.nextBatch(this);
        }
    }

    /** Message of the only rejection. */
    String reason() {
        if (causes.size() != 1) {
            throw new AssertionError("one rejection expected, but there were " + causes);
        }
        return causes.get(0).getMessage();
    }

    @Override
    public void emit(T item) {
        items.add(item);
    }

    @Override
    public void reject(Object raw, Exception cause) {
        rejected.add(raw);
        causes.add(cause);
    }
}
