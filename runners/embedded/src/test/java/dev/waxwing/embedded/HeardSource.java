package dev.waxwing.embedded;

import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.source.AcknowledgingPartition;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Emits 1, 2, 3, ..., one a batch, and notes up to where it hears that they are done. */
final class HeardSource implements FixedPartitionedSource<Integer, Integer> {

    private static final long serialVersionUID = 1L;

    private final Reading reading;
    private final int end;
    private final transient CountDownLatch hearing = new CountDownLatch(1);
    private boolean fails;
    private volatile int heard;

    /** Which thread reads it. */
    enum Reading {
        ON_THE_WORKER,
        ON_A_THREAD_OF_ITS_OWN
    }

    HeardSource(Reading reading, int end) {
        this.reading = reading;
        this.end = end;
    }

    /** The same, with acknowledgements that fail. */
    HeardSource failing() {
        fails = true;
        return this;
    }

    int heard() {
        return heard;
    }

    /** Open when something was heard of. */
    CountDownLatch hearing() {
        return hearing;
    }

    @Override
    public List<String> listParts() {
        return List.of("numbers");
    }

    @Override
    public StatefulSourcePartition<Integer, Integer> buildPart(
            String stepId, String forPart, @Nullable Integer resumeState) {
        int position = Objects.requireNonNullElse(resumeState, 0);
        return reading == Reading.ON_THE_WORKER ? new Partition(position) : new Own(position);
    }

    private class Partition
            implements StatefulSourcePartition<Integer, Integer>, AcknowledgingPartition<Integer> {

        private int position;

        Partition(int position) {
            this.position = position;
        }

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Integer> out) {
            if (position == end) {
                return SourceStatus.ENDED;
            }
            position++;
            out.emit(position);
            return SourceStatus.OPEN;
        }

        @Override
        public Integer snapshot() {
            return position;
        }

        @Override
        public void acknowledge(Integer upTo) throws IOException {
            if (fails) {
                throw new IOException("the queue is gone");
            }
            heard = upTo;
            hearing.countDown();
        }
    }

    private final class Own extends Partition implements BlockingPartition {
        Own(int position) {
            super(position);
        }
    }
}
