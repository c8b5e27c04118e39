package dev.waxwing.embedded.worker;

import dev.waxwing.source.AcknowledgingPartition;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourcePartition;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An open source partition and when to read it next. Confined to the worker. */
final class PartitionReader {

    /** After a call that emitted nothing, ask again no sooner. */
    private static final long IDLE_MILLIS = 1;

    final String name;
    final SourcePartition<Object> partition;
    private final @Nullable AcknowledgingPartition acknowledging;
    boolean ended;
    boolean closed;
    int attempts;
    long awakeMillis;

    /** The position that the store has, as far as this execution knows. */
    @Nullable Object stored;

    PartitionReader(String name, SourcePartition<Object> partition) {
        this.name = name;
        this.partition = partition;
        this.acknowledging = partition instanceof AcknowledgingPartition wants ? wants : null;
        Instant at = partition.nextAwake();
        this.awakeMillis = at == null ? Long.MIN_VALUE : millis(at);
    }

    /** Reads once; {@code emitted} tells afterwards whether anything came. */
    SourceStatus read(SourceDriver driver, SourceEmitter<Object> out) throws Exception {
        SourceStatus status = driver.drive(partition, out);
        if (status == SourceStatus.ENDED) {
            ended = true;
        }
        return status;
    }

    void planNext(boolean emitted, long nowMillis) {
        Instant at = partition.nextAwake();
        if (at != null) {
            awakeMillis = millis(at);
        } else {
            awakeMillis = emitted ? Long.MIN_VALUE : nowMillis + IDLE_MILLIS;
        }
    }

    /** The position of the next read; null if it has none. */
    @Nullable Object snapshot() {
        return partition instanceof StatefulSourcePartition<Object, ?> stateful
                ? stateful.snapshot()
                : null;
    }

    boolean hasPosition() {
        return partition instanceof StatefulSourcePartition<?, ?>;
    }

    void onEpochEnd(long epoch) {
        if (acknowledging != null) {
            acknowledging.onEpochEnd(epoch);
        }
    }

    void acknowledge(long epoch) throws Exception {
        if (acknowledging != null) {
            acknowledging.acknowledge(epoch);
        }
    }

    /* Rounded up: never before the instant. */
    private static long millis(Instant at) {
        try {
            long millis = at.toEpochMilli();
            return at.isAfter(Instant.ofEpochMilli(millis)) ? millis + 1 : millis;
        } catch (ArithmeticException e) {
            return at.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
