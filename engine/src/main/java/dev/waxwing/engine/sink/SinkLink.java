package dev.waxwing.engine.sink;

import dev.waxwing.engine.delivery.Lane;
import dev.waxwing.engine.delivery.Work;
import dev.waxwing.engine.link.Link;
import dev.waxwing.engine.site.ChangeLog;
import dev.waxwing.engine.site.Closings;
import dev.waxwing.engine.site.Polled;
import dev.waxwing.engine.site.StepCounts;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.run.check.StepChecks;
import dev.waxwing.sink.FencedException;
import dev.waxwing.sink.PartialWriteException;
import dev.waxwing.step.DeliveryException;
import dev.waxwing.step.FailurePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The end of a chain: gathers items by partition and writes them when the activation ends. */
public final class SinkLink implements Link, Polled {

    private final SinkParts parts;
    private final SinkLetters letters;
    private final StepSite site;
    private final StepCounts counts;
    private final BatchRule rule;
    private final @Nullable ChangeLog changes;
    private final Consumer<Forced> forces;
    private final StepSite feeder;
    private final @Nullable SinkSlot[] slots;
    private final List<SinkSlot> filled = new ArrayList<>();
    private final List<SinkSlot> written = new ArrayList<>();
    private final List<SinkSlot> busy = new ArrayList<>();
    private final @Nullable Deliveries deliveries;

    SinkLink(
            SinkParts parts,
            SinkLetters letters,
            StepSite site,
            @Nullable ChangeLog changes,
            Consumer<Forced> forces,
            @Nullable Deliveries deliveries,
            StepSite feeder) {
        this.parts = parts;
        this.deliveries = deliveries;
        this.letters = letters;
        this.site = site;
        this.counts = site.counts();
        this.rule = new BatchRule(site);
        this.changes = changes;
        this.forces = forces;
        this.feeder = feeder;
        this.slots = new SinkSlot[parts.count()];
    }

    /**
     * Opens a partition before anything flows: because it has state, or because it is this worker's
     * own.
     */
    public void open(int part, @Nullable Object resumeState) {
        slot(part, resumeState);
    }

    @Override
    public void push(@Nullable Object key, Object value) {
        counts.received++;
        int part;
        try {
            part = parts.partOf(key);
        } catch (Throwable thrown) {
            throw site.failed("partFn", key, thrown);
        }
        SinkSlot slot = slots[part];
        if (slot == null) {
            slot = slot(part, null);
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

    @Override
    public StepSite feeder() {
        return feeder;
    }

    @Override
    public void flush() {
        writeDue(site.steadyMillis());
        letters.flush();
        passMarks();
    }

    private void passMarks() {
        if (deliveries == null && filled.isEmpty() && busy.isEmpty()) {
            letters.passMarks();
        }
    }

    /* Nothing waits for more over the end of an epoch, or of the input. */
    @Override
    public boolean onMarkWaiting() {
        return writeDue(Long.MAX_VALUE);
    }

    @Override
    public void barrier(long epoch) {
        checkLedger();
        for (SinkSlot slot : written) {
            slot.written = false;
            if (deliveries != null) {
                prepare(slot, epoch);
            } else if (changes != null) {
                snapshot(slot, changes);
            }
        }
        written.clear();
        if (deliveries != null) {
            for (SinkSlot slot : slots) {
                if (slot != null) {
                    deliveries.removeDone(slot);
                }
            }
        }
        letters.barrier(epoch, deliveries != null);
    }

    @Override
    public void watermark(long micros) {
        letters.watermark(micros);
        passMarks();
    }

    @Override
    public void end() {
        for (SinkSlot slot : slots) {
            if (slot != null) {
                markWritten(slot);
                endOfInput(slot);
            }
        }
        letters.end(deliveries != null);
    }

    /** Whether all that belongs to the epoch that has ended is prepared. */
    public boolean isPrepared() {
        for (SinkSlot slot : busy) {
            if (slot.isPreparing()) {
                return false;
            }
        }
        return true;
    }

    /** Closes what is open. */
    public void close(Closings closings) {
        for (SinkSlot slot : slots) {
            if (slot != null) {
                closings.close(site, called("close", slot), slot);
            }
        }
    }

    @Override
    public boolean poll() {
        boolean any = collect();
        if (deliveries != null) {
            any |= letters.passRejected(deliveries, slots);
        }
        if (any || dueMillis() <= site.steadyMillis()) {
            any |= writeDue(site.steadyMillis());
        }
        return any;
    }

    @Override
    public long dueMillis() {
        long due = Long.MAX_VALUE;
        for (SinkSlot slot : filled) {
            if (!slot.isBusy()) {
                due = Math.min(due, dueMillis(slot));
            }
        }
        return due;
    }

    /* What has come behind a batch that has failed waits for it. */
    private long dueMillis(SinkSlot slot) {
        return slot.isToBeTriedAgain() ? slot.retryMillis : rule.dueMillis(slot);
    }

    @Override
    public boolean takesInput() {
        for (SinkSlot slot : busy) {
            if (rule.isFull(slot)) {
                return false;
            }
        }
        for (SinkSlot slot : filled) {
            if (slot.isToBeTriedAgain()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean takesMarks() {
        return busy.isEmpty() && filled.isEmpty();
    }

    @Override
    public boolean isFinished() {
        return busy.isEmpty() && letters.isFinished();
    }

    private SinkSlot slot(int part, @Nullable Object resumeState) {
        try {
            SinkPart opened =
                    site.opened(
                            "opening partition '" + parts.name(part) + "'",
                            () -> parts.open(part, resumeState));
            Lane lane = opened.lane(site.worker());
            BlockingPart blocking =
                    lane == null ? null : new BlockingPart(lane, opened, site.worker().signal());
            SinkSlot slot = new SinkSlot(part, opened, blocking, letters.newBatch());
            slots[part] = slot;
            if (opened.hasPosition()) {
                site.worker().watch(new WatchedPart(site, parts.name(part), opened));
            }
            if (deliveries != null) {
                deliveries.opened(slot);
            }
            return slot;
        } catch (FencedException fenced) {
            throw fenced(fenced);
        } catch (Throwable thrown) {
            throw site.failed("opening partition '" + parts.name(part) + "'", null, thrown);
        }
    }

    /* Something is written to the slot soon. */
    private void fill(SinkSlot slot) {
        if (!slot.filled) {
            slot.filled = true;
            filled.add(slot);
        }
    }

    /** Writes what is due; returns whether there was anything that could be written. */
    private boolean writeDue(long nowMillis) {
        boolean any = false;
        List<SinkSlot> todo = new ArrayList<>(filled);
        filled.clear();
        for (SinkSlot slot : todo) {
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
    private boolean write(SinkSlot slot) {
        if (slot.isBusy() || slot.retryMillis > site.steadyMillis()) {
            return false;
        }
        markWritten(slot);
        SinkBatch batch = slot.take(letters);
        BlockingPart blocking = slot.blocking;
        if (blocking == null) {
            Throwable failure = null;
            StepSite before = site.worker().calls(site);
            try {
                slot.part.write(batch.items);
            } catch (Throwable thrown) {
                failure = thrown;
            }
            site.worker().calls(before);
            written(slot, batch, failure);
        } else {
            slot.writing = batch;
            busy.add(slot);
            blocking.write(batch.items);
        }
        return true;
    }

    /*
     * An activation is bounded in items of the source, of which each may become any number here. So when many wait
     * the worker does, too, until the partition has written or is to be tried again. An interrupt tells the worker
     * to leave; then nothing is waited for any more.
     */
    private void makeRoom(SinkSlot slot) {
        StepSite before = site.worker().calls(site);
        while (rule.isOverfull(slot) && !site.worker().isToLeave()) {
            BlockingPart blocking = slot.blocking;
            if (blocking != null && blocking.isBusy()) {
                blocking.await();
                if (blocking.isReady()) {
                    busy.remove(slot);
                    collect(slot, blocking);
                }
            } else if (!write(slot)) {
                restUntilRetry(slot);
            }
        }
        site.worker().calls(before);
    }

    /* The worker's time stands still during an activation. */
    private void restUntilRetry(SinkSlot slot) {
        long millis = slot.retryMillis - site.steadyMillis();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long left;
        while ((left = end - System.nanoTime()) > 0 && !site.worker().isToLeave()) {
            LockSupport.parkNanos(this, left);
        }
        slot.retryMillis = Long.MIN_VALUE;
    }

    /* Deals with what partitions with threads of their own have done. */
    private boolean collect() {
        boolean any = false;
        for (int i = busy.size() - 1; i >= 0; i--) {
            SinkSlot slot = busy.get(i);
            BlockingPart blocking = Objects.requireNonNull(slot.blocking);
            if (blocking.isReady()) {
                busy.remove(i);
                any = true;
                collect(slot, blocking);
            }
        }
        return any;
    }

    private void collect(SinkSlot slot, BlockingPart blocking) {
        BlockingPart.Call call = blocking.call();
        Throwable failure = blocking.collect();
        if (call == BlockingPart.Call.WRITE) {
            written(slot, slot.written(), failure);
        } else if (failure instanceof FencedException fenced) {
            throw fenced(fenced);
        } else if (failure != null) {
            String method = call == BlockingPart.Call.PREPARE ? "prepare" : "onEndOfInput";
            throw site.failed(called(method, slot), null, failure);
        } else if (call == BlockingPart.Call.PREPARE) {
            prepared(slot, blocking);
        }
    }

    private void prepare(SinkSlot slot, long epoch) {
        busy.add(slot);
        Objects.requireNonNull(slot.blocking).prepare(epoch, site.nowMillis());
    }

    private void prepared(SinkSlot slot, BlockingPart blocking) {
        Work work = blocking.prepared();
        checkPrepared(slot, work);
        if (work != null) {
            Objects.requireNonNull(deliveries).prepared(slot, work);
        }
    }

    private void endOfInput(SinkSlot slot) {
        if (slot.blocking != null) {
            busy.add(slot);
            slot.blocking.onEndOfInput();
            return;
        }
        StepSite before = site.worker().calls(site);
        try {
            slot.part.onEndOfInput();
        } catch (Throwable thrown) {
            throw site.failed(called("onEndOfInput", slot), null, thrown);
        }
        site.worker().calls(before);
    }

    /** Accounts for a batch that was written or not. */
    private void written(SinkSlot slot, SinkBatch batch, @Nullable Throwable failure) {
        if (failure == null) {
            stored(slot, batch.size());
            letters.stored(batch);
            slot.settled(batch);
        } else if (failure instanceof PartialWriteException partial) {
            checkIndexes(slot, batch, partial);
            stored(slot, batch.size() - partial.failed().length);
            letters.stored(batch, partial.failed());
            Throwable cause = partial.getCause();
            failed(slot, batch.pick(partial.failed()), cause == null ? partial : cause);
        } else if (slot.part.isStore()) {
            throw site.failed(called("the outbox", slot), null, failure);
        } else {
            failed(slot, batch, failure);
        }
    }

    private void stored(SinkSlot slot, int items) {
        counts.stored += items;
        slot.taken += items;
    }

    private void checkIndexes(SinkSlot slot, SinkBatch batch, PartialWriteException partial) {
        int[] failed = partial.failed();
        int last = failed[failed.length - 1];
        if (last >= batch.size()) {
            throw site.failed(
                    called("writeBatch", slot)
                            + " was given "
                            + batch.size()
                            + " items, but says that the one of index "
                            + last
                            + " was not written; indexes are those of the batch, from 0",
                    null,
                    partial);
        }
    }

    private void failed(SinkSlot slot, SinkBatch batch, Throwable thrown) {
        if (thrown instanceof FencedException fenced) {
            throw fenced(fenced);
        }
        FailurePolicy policy = site.step().policy();
        if (policy == null || !policy.appliesTo(thrown)) {
            throw site.failed(called("writeBatch", slot), null, thrown);
        }
        slot.attempts++;
        if (slot.attempts < policy.attemptsMax()) {
            slot.retryMillis = policy.backOff().endMillis(slot.attempts, site.steadyMillis());
            slot.failed = batch;
            fill(slot);
            return;
        }
        Link to = letters.link();
        if (policy.last() != FailurePolicy.Last.DEAD_LETTER || to == null) {
            throw site.failed(called("writeBatch", slot), null, thrown);
        }
        letters.putAside(batch, to, thrown);
        slot.settled(batch);
    }

    private DeliveryException fenced(FencedException fenced) {
        return site.record(new StepChecks(site.step()).fenced(fenced));
    }

    private void snapshot(SinkSlot slot, ChangeLog log) {
        StepSite before = site.worker().calls(site);
        try {
            Object position = slot.position();
            if (position != null) {
                log.put(parts.name(slot.index), position);
                forces.accept(new Forced(site, parts.name(slot.index), slot.part, position));
            }
        } catch (Throwable thrown) {
            throw site.failed(called("snapshot", slot), null, thrown);
        }
        site.worker().calls(before);
    }

    /* The sink's part of the ledger: what came in was stored or put aside. */
    private void checkLedger() {
        if (counts.received != counts.stored + counts.dead) {
            throw site.failed(
                    "received "
                            + counts.received
                            + " items, but stored "
                            + counts.stored
                            + " and put aside "
                            + counts.dead
                            + "; this is a defect of Waxwing, please report it");
        }
    }

    /* The outbox's part of it: what was stored in an epoch is in its outbox. */
    private void checkPrepared(SinkSlot slot, @Nullable Work work) {
        long taken = slot.taken;
        slot.taken = 0;
        if (!slot.part.isStore()) {
            return;
        }
        long kept = work == null ? 0 : work.items();
        if (kept != taken) {
            throw site.failed(
                    "partition '"
                            + parts.name(slot.index)
                            + "' has stored "
                            + taken
                            + " items in an epoch whose outbox has "
                            + kept
                            + "; the epoch is not decided; this is a defect of Waxwing, please"
                            + " report it");
        }
    }

    private void markWritten(SinkSlot slot) {
        if (!slot.written) {
            slot.written = true;
            written.add(slot);
        }
    }

    private String called(String method, SinkSlot slot) {
        return method + " of partition '" + parts.name(slot.index) + "'";
    }
}
