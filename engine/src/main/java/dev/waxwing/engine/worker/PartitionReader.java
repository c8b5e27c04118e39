package dev.waxwing.engine.worker;

import dev.waxwing.source.AcknowledgingPartition;
import dev.waxwing.source.SourcePartition;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An open source partition and when to read it next. Confined to the worker. */
public final class PartitionReader {

    /** After a call that emitted nothing, ask again no sooner. */
    private static final long IDLE_MILLIS = 1;

    private static final long RENEWAL_MILLIS = 100;

    final String name;
    final SourcePartition<Object> partition;

    /** What it has emitted and the chain has not taken. */
    final Rest rest;

    /** It is not to be read any more. */
    boolean ended;

    boolean closed;

    /** Failures in a row, with no call in between that returned or emitted something. */
    int attempts;

    long awakeMillis;

    /** When it was last read and had nothing. */
    long silentMillis = Long.MIN_VALUE;

    /** Items that the chain has taken from it, and rejects. */
    long taken;

    private final Queue<EpochPosition> unacknowledged = new ArrayDeque<>();

    /**
     * A position that an epoch ended at when items before it were left, and how many have to go.
     */
    private @Nullable Object unfinished;

    private long unfinishedItems;

    /** Null if a thread of its own does it, or there is nothing to renew. */
    private final @Nullable Renewals renewals;

    private long renewalMillis = Long.MIN_VALUE;

    /** What the last epoch ended with. */
    TakenPosition lastTaken = TakenPosition.NONE;

    /** The position that the store has, as far as this execution knows. */
    @Nullable Object stored;

    PartitionReader(String name, SourcePartition<Object> partition) {
        this.name = name;
        this.partition = partition;
        this.rest = new Rest(name);
        this.renewals =
                partition instanceof AcknowledgingPartition<?> acknowledging
                        ? new Renewals(name, acknowledging)
                        : null;
    }

    /** The partition, for a driver to read. */
    public SourcePartition<Object> partition() {
        return partition;
    }

    /** Takes what the last call of the partition has returned. */
    public void answered(SourceStatus status) {
        ended = status == SourceStatus.ENDED;
    }

    /** Whether nothing more will come of it. */
    boolean isEnded() {
        return ended && rest.isEmpty();
    }

    /** Plans the next read from what the partition wishes. */
    void planNext(@Nullable Instant at, boolean emitted, Clock clock) {
        if (at != null) {
            awakeMillis = clock.steadyMillisAt(at);
        } else {
            awakeMillis = emitted ? Long.MIN_VALUE : clock.steadyMillis() + IDLE_MILLIS;
        }
    }

    /** The position of the next read; null if it has none. */
    @Nullable Object snapshot() {
        return partition instanceof StatefulSourcePartition<Object, ?> stateful
                ? stateful.snapshot()
                : null;
    }

    boolean hasPosition() {
        return partition instanceof HandedPartition handed
                ? handed.hasPosition()
                : partition instanceof StatefulSourcePartition<?, ?>;
    }

    /** Whether the partition is to be read now. */
    boolean isDue(long steadyMillis) {
        return dueMillis() <= steadyMillis;
    }

    /** When the partition is to be read next. */
    long dueMillis() {
        if (!rest.isEmpty()) {
            return Long.MIN_VALUE;
        }
        if (ended) {
            return Long.MAX_VALUE;
        }
        boolean handed = partition instanceof HandedPartition each && each.isReady();
        return handed ? Long.MIN_VALUE : awakeMillis;
    }

    /** A call has returned; attempts are counted anew if it was a call of the partition. */
    void returned() {
        if (!(partition instanceof HandedPartition handed) || handed.hasTaken()) {
            attempts = 0;
        }
    }

    /** Lets the partition renew what it holds, if it is time; returns when it is next. */
    long renew(long nowMillis) {
        if (renewals == null || closed) {
            return Long.MAX_VALUE;
        }
        if (nowMillis >= renewalMillis) {
            renewals.renew();
            renewalMillis = nowMillis + RENEWAL_MILLIS;
        }
        return renewalMillis;
    }

    /**
     * Remembers the position at the end of an epoch, to acknowledge it when the epoch is done. One
     * that has items before it that are not worked off waits for an epoch in which they are.
     */
    void onEpochEnd(long epoch, @Nullable Object position) {
        if (position == null || !wantsAcknowledgements()) {
            return;
        }
        Object earlier = unfinished;
        if (earlier != null && rest.passed() >= unfinishedItems) {
            unacknowledged.add(new EpochPosition(epoch, earlier));
            unfinished = null;
        }
        if (rest.isEmpty()) {
            unacknowledged.add(new EpochPosition(epoch, position));
        } else if (unfinished == null) {
            unfinished = position;
            unfinishedItems = rest.added();
        }
    }

    /** The epoch and all before it are done. */
    @SuppressWarnings("unchecked") // the position came from this partition
    void acknowledge(long epoch, Consumer<Throwable> failed) {
        Object upTo = null;
        while (!unacknowledged.isEmpty() && unacknowledged.peek().epoch <= epoch) {
            upTo = unacknowledged.remove().position;
        }
        if (upTo == null || closed) {
            return;
        }
        if (partition instanceof HandedPartition handed) {
            handed.acknowledge(upTo, failed);
        } else if (partition instanceof AcknowledgingPartition<?> acknowledging) {
            try {
                ((AcknowledgingPartition<Object>) acknowledging).acknowledge(upTo);
            } catch (Throwable thrown) {
                failed.accept(thrown);
            }
        }
    }

    boolean wantsAcknowledgements() {
        return partition instanceof HandedPartition handed
                ? handed.wantsAcknowledgements()
                : partition instanceof AcknowledgingPartition;
    }

    private record EpochPosition(long epoch, Object position) {}
}
