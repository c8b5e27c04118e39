package dev.waxwing.testing;

import dev.waxwing.source.AcknowledgingPartition;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads a list of elements, and hears which of them are done. */
final class ToldTestPartition<T>
        implements StatefulSourcePartition<T, Integer>, AcknowledgingPartition<Integer> {

    private final TestSourcePartition<T> elements;

    ToldTestPartition(TestSourcePartition<T> elements) {
        this.elements = elements;
    }

    @Override
    public SourceStatus nextBatch(SourceEmitter<? super T> out) {
        return elements.nextBatch(out);
    }

    @Override
    public @Nullable Instant nextAwake() {
        return elements.nextAwake();
    }

    @Override
    public Integer snapshot() {
        return elements.snapshot();
    }

    @Override
    public void acknowledge(Integer upTo) {
        elements.done(upTo);
    }
}
