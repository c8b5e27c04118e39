package dev.waxwing.engine.sink;

import dev.waxwing.engine.site.Closings;
import dev.waxwing.engine.site.StepCounts;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.sink.FencedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Writes items to the partitions of a sink, in batches, and again after a failure. Confined to the
 * worker.
 *
 * @param <P> kind of the partitions
 */
final class SinkWriter<P extends SinkPart> {

    /*
     * A slot is in up to three lists. Filled: items wait for it, to be written when their batch is full or due, or when
     * what has failed is to be tried again; then what came behind waits, too. Busy: its lane is in a call, of any
     * method, whose end is dealt with in collect. Written: it has taken part in the open epoch, whose end each kind of
     * sink deals with in its own way.
     *
     * At the end of an epoch nothing is filled or busy, as marks wait for that (isIdle). So the account can be checked
     * then.
     */
    private final SinkParts<P> parts;
    private final SinkLetters letters;
    private final StepSite site;
    private final StepCounts counts;
    private final SinkAccount account;
    private final BatchRule rule;
    private final @Nullable SinkSlot<P>[] slots;
    private final List<SinkSlot<P>> open = new ArrayList<>();
    private final List<SinkSlot<P>> filled = new ArrayList<>();
    private final List<SinkSlot<P>> busy = new ArrayList<>();
    private List<SinkSlot<P>> written = new ArrayList<>();

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array has no type parameters
    SinkWriter(SinkParts<P> parts, SinkLetters letters, StepSite site) {
        this.parts = parts;
        this.letters = letters;
        this.site = site;
        this.counts = site.counts();
        this.account = new SinkAccount(letters, site);
        this.rule = new BatchRule(site);
        this.slots = new SinkSlot[parts.count()];
    }

    String name(SinkSlot<P> slot) {
        return parts.name(slot.index);
    }

    /** Opens a partition. */
    SinkSlot<P> open(int part, @Nullable Object resumeState) {
        try {
            P opened =
                    site.opened(
                            "opening partition '" + parts.name(part) + "'",
                            () -> parts.open(part, resumeState));
            var slot = new SinkSlot<>(part, opened, opened.calls(site), letters.newBatch());
            add(slot);
            parts.opened(part, opened);
            return slot;
        } catch (FencedException fenced) {
            throw account.fenced(fenced);
        } catch (Throwable thrown) {
            throw site.failed("opening partition '" + parts.name(part) + "'", null, thrown);
        }
    }

    /** The partitions that are open, in the order of their indexes. */
    List<SinkSlot<P>> open() {
        return open;
    }

    /** Takes an item for the partition of its key. */
    void push(@Nullable Object key, Object value) {
        counts.received++;
        int part;
        try {
            part = parts.partOf(key);
        } catch (Throwable thrown) {
            throw site.failed("partFn", key, thrown);
        }
        SinkSlot<P> slot = slots[part];
        if (slot == null) {
            slot = open(part, null);
        }
        fill(slot);
        letters.hold(slot.next, value);
        try {
            rule.added(slot, value, site.steadyMillis());
        } catch (Throwable thrown) {
            throw site.failed("the size of a batch", key, thrown);
        }
        if (rule.isFull(slot)) {
            write(slot);
        }
        if (rule.isOverfull(slot) && site.worker().hasPartitionThreads()) {
            makeRoom(slot);
        }
    }

    /** Whether nothing waits to be written, and no partition is in a call. */
    boolean isIdle() {
        return filled.isEmpty() && busy.isEmpty();
    }

    /** Whether no partition is in a call. */
    boolean isQuiet() {
        return busy.isEmpty();
    }

    /** When there is something to write by time, in steady milliseconds. */
    long dueMillis() {
        long due = Long.MAX_VALUE;
        for (SinkSlot<P> slot : filled) {
            if (!slot.calls.isBusy()) {
                due = Math.min(due, dueMillis(slot));
            }
        }
        return due;
    }

    /** Whether more items may come. */
    boolean takesInput() {
        for (SinkSlot<P> slot : busy) {
            if (rule.isFull(slot)) {
                return false;
            }
        }
        for (SinkSlot<P> slot : filled) {
            if (slot.isToBeTriedAgain()) {
                return false;
            }
        }
        return true;
    }

    /** Writes what is due now; returns whether there was anything that could be written. */
    boolean writeDue() {
        return writeDue(site.steadyMillis());
    }

    /** Writes whatever waits; returns whether there was anything that could be written. */
    boolean writeAll() {
        return writeDue(Long.MAX_VALUE);
    }

    /** Deals with the calls that lanes have made; returns whether there were any. */
    boolean collect() {
        boolean any = false;
        for (int i = busy.size() - 1; i >= 0; i--) {
            SinkSlot<P> slot = busy.get(i);
            if (slot.calls.isReady()) {
                busy.remove(i);
                any = true;
                slot.calls.collect();
            }
        }
        return any;
    }

    /** The epoch ends: holds the ledger against itself, and takes the slots that were written. */
    List<SinkSlot<P>> endEpoch() {
        account.check();
        List<SinkSlot<P>> taken = written;
        taken.forEach(slot -> slot.written = false);
        written = new ArrayList<>();
        return taken;
    }

    /** The input has ended: tells all partitions. */
    void endInput() {
        for (SinkSlot<P> slot : open) {
            markWritten(slot);
            String method = "onEndOfInput";
            start(
                    slot,
                    new SinkCall(
                            method,
                            slot.part::onEndOfInput,
                            failure -> account.called(method, name(slot), failure)));
        }
    }

    /** Makes a call of a partition, or begins to. */
    void start(SinkSlot<P> slot, SinkCall call) {
        slot.calls.start(call);
        if (slot.calls.isBusy()) {
            busy.add(slot);
        }
    }

    /** The account of what becomes of batches and calls. */
    SinkAccount account() {
        return account;
    }

    void close(Closings closings) {
        for (SinkSlot<P> slot : open) {
            closings.close(site, SinkAccount.call("close", name(slot)), slot);
        }
    }

    private void add(SinkSlot<P> slot) {
        slots[slot.index] = slot;
        int at = open.size();
        while (at > 0 && open.get(at - 1).index > slot.index) {
            at--;
        }
        open.add(at, slot);
    }

    /* What has come behind a batch that has failed waits for it. */
    private long dueMillis(SinkSlot<P> slot) {
        return slot.isToBeTriedAgain() ? slot.retryMillis : rule.dueMillis(slot);
    }

    /* Something is written to the slot soon. */
    private void fill(SinkSlot<P> slot) {
        if (!slot.filled) {
            slot.filled = true;
            filled.add(slot);
        }
    }

    private boolean writeDue(long nowMillis) {
        boolean any = false;
        List<SinkSlot<P>> todo = new ArrayList<>(filled);
        filled.clear();
        for (SinkSlot<P> slot : todo) {
            slot.filled = false;
            if (!slot.isEmpty() && dueMillis(slot) <= nowMillis) {
                any |= write(slot);
            }
            if (!slot.isEmpty()) {
                fill(slot);
            }
        }
        return any;
    }

    /** Writes or begins to; returns whether that could be done now. */
    private boolean write(SinkSlot<P> slot) {
        if (slot.calls.isBusy() || slot.retryMillis > site.steadyMillis()) {
            return false;
        }
        markWritten(slot);
        SinkBatch batch = slot.take(letters);
        start(
                slot,
                new SinkCall(
                        "writeBatch",
                        () -> slot.part.write(batch.items),
                        failure -> written(slot, batch, failure)));
        return true;
    }

    private void written(SinkSlot<P> slot, SinkBatch batch, @Nullable Throwable failure) {
        slot.written();
        account.written(slot, name(slot), batch, failure);
        if (slot.isToBeTriedAgain()) {
            fill(slot);
        }
    }

    /*
     * An activation is bounded in items of the source, of which each may become any number here. So when many wait
     * the worker does, too, until the partition has written or is to be tried again. An interrupt tells the worker
     * to leave; then nothing is waited for any more.
     */
    private void makeRoom(SinkSlot<P> slot) {
        StepSite before = site.worker().calls(site);
        while (rule.isOverfull(slot) && !site.worker().isToLeave()) {
            if (slot.calls.isBusy()) {
                slot.calls.await();
                if (slot.calls.isReady()) {
                    busy.remove(slot);
                    slot.calls.collect();
                }
            } else if (!write(slot)) {
                restUntilRetry(slot);
            }
        }
        site.worker().calls(before);
    }

    /* The worker's time stands still during an activation. */
    private void restUntilRetry(SinkSlot<P> slot) {
        long millis = slot.retryMillis - site.steadyMillis();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long left;
        while ((left = end - System.nanoTime()) > 0 && !site.worker().isToLeave()) {
            LockSupport.parkNanos(this, left);
        }
        slot.retryMillis = Long.MIN_VALUE;
    }

    private void markWritten(SinkSlot<P> slot) {
        if (!slot.written) {
            slot.written = true;
            written.add(slot);
        }
    }
}
