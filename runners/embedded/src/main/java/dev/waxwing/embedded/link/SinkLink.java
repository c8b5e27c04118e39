package dev.waxwing.embedded.link;

import dev.waxwing.DeadLetter;
import dev.waxwing.FailurePolicy;
import dev.waxwing.embedded.delivery.Lane;
import dev.waxwing.embedded.delivery.Work;
import dev.waxwing.run.StepChecks;
import dev.waxwing.sink.FencedException;
import dev.waxwing.sink.PartialWriteException;
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
    private final @Nullable Link dead;
    private final DeadMarks marks;
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
    private boolean retrying;
    private boolean deadEnding;
    private boolean deadEnded;

    SinkLink(
            SinkParts parts,
            @Nullable Link dead,
            StepSite site,
            @Nullable ChangeLog changes,
            Consumer<Forced> forces,
            @Nullable Deliveries deliveries,
            StepSite feeder) {
        this.parts = parts;
        this.deliveries = deliveries;
        this.dead = dead;
        this.marks = new DeadMarks(dead);
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
        slot.items.add(value);
        try {
            rule.added(slot, value, site.steadyMillis());
        } catch (Throwable thrown) {
            throw site.failed("the size of a batch", key, thrown);
        }
        if (!retrying && rule.isFull(slot)) {
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
        if (!retrying) {
            writeDue(site.steadyMillis());
        }
        if (dead != null) {
            dead.flush();
            passMarks();
        }
    }

    private void passMarks() {
        if (deliveries == null && filled.isEmpty() && busy.isEmpty()) {
            marks.passOn();
        }
    }

    /* Nothing waits for more over the end of an epoch, or of the input. */
    @Override
    public boolean onMarkWaiting() {
        return !retrying && writeDue(Long.MAX_VALUE);
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
        if (deliveries == null) {
            marks.passOn();
        } else {
            marks.endEpoch(epoch);
        }
        if (dead != null) {
            dead.barrier(epoch);
        }
    }

    @Override
    public void watermark(long micros) {
        if (dead != null) {
            marks.add(micros);
            passMarks();
        }
    }

    @Override
    public void end() {
        for (SinkSlot slot : slots) {
            if (slot != null) {
                markWritten(slot);
                endOfInput(slot);
            }
        }
        if (dead != null && deliveries == null) {
            marks.passOn();
            dead.end();
        } else if (dead != null) {
            /* What will be rejected is not known before all is committed. */
            deadEnding = true;
            site.worker().endEpochSoon();
        }
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
        if (deliveries != null && dead != null) {
            any |= passRejected(deliveries, dead);
            marks.passUpTo(site.worker().doneEpoch());
        }
        if (retrying && dueMillis() <= site.steadyMillis()) {
            retrying = false;
            any = true;
        }
        if (!retrying && (any || dueMillis() <= site.steadyMillis())) {
            writeDue(site.steadyMillis());
            any = true;
        }
        return any;
    }

    @Override
    public long dueMillis() {
        long due = Long.MAX_VALUE;
        if (!retrying && !rule.holds()) {
            return due;
        }
        for (SinkSlot slot : filled) {
            if (retrying) {
                due = slot.isToBeRetried() ? Math.min(due, slot.retryMillis) : due;
            } else if (!slot.isBusy()) {
                due = Math.min(due, rule.dueMillis(slot));
            }
        }
        return due;
    }

    @Override
    public boolean takesInput() {
        for (SinkSlot slot : busy) {
            if (rule.isFull(slot)) {
                return false;
            }
        }
        return !retrying;
    }

    @Override
    public boolean takesMarks() {
        return !retrying && busy.isEmpty() && filled.isEmpty();
    }

    @Override
    public boolean isFinished() {
        return busy.isEmpty() && deadEnding == deadEnded;
    }

    private SinkSlot slot(int part, @Nullable Object resumeState) {
        try {
            SinkPart opened = parts.open(part, resumeState);
            Lane lane = opened.lane(site.worker());
            BlockingPart blocking =
                    lane == null ? null : new BlockingPart(lane, opened, site.worker().signal());
            SinkSlot slot = new SinkSlot(part, opened, blocking);
            slots[part] = slot;
            if (deliveries != null) {
                deliveries.opened(slot);
            }
            return slot;
        } catch (FencedException fenced) {
            throw new StepChecks(site.step()).fenced(fenced);
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
            if (!slot.items.isEmpty() && rule.dueMillis(slot) <= nowMillis) {
                any |= write(slot);
            }
            if (!slot.items.isEmpty()) {
                fill(slot);
            }
        }
        return any;
    }

    /** Writes or begins to; returns whether that could be done now. */
    private boolean write(SinkSlot slot) {
        if (slot.retryMillis > site.steadyMillis()) {
            retrying = true;
            return false;
        }
        if (slot.isBusy()) {
            return false;
        }
        BlockingPart blocking = slot.blocking;
        markWritten(slot);
        if (blocking == null) {
            Throwable failure = null;
            try {
                slot.part.write(slot.items);
            } catch (Throwable thrown) {
                failure = thrown;
            }
            slot.items = written(slot, slot.items, failure);
        } else {
            slot.writing = slot.items;
            slot.bytes = 0;
            slot.items = new ArrayList<>();
            busy.add(slot);
            blocking.write(slot.writing);
        }
        return true;
    }

    /*
     * An activation is bounded in items of the source, of which each may become any number here. So when many wait
     * the worker does, too, until the partition has written or is to be tried again. An interrupt tells the worker
     * to leave; then nothing is waited for any more.
     */
    private void makeRoom(SinkSlot slot) {
        while (rule.isOverfull(slot) && !Thread.currentThread().isInterrupted()) {
            BlockingPart blocking = slot.blocking;
            if (blocking != null && blocking.isBusy()) {
                blocking.await();
                if (blocking.isReady()) {
                    busy.remove(slot);
                    collect(slot, blocking);
                }
            } else if (retrying) {
                restUntilRetry();
            } else {
                write(slot);
            }
        }
    }

    /* The worker's time stands still during an activation. */
    private void restUntilRetry() {
        long due = dueMillis();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(due - site.steadyMillis());
        long left;
        while ((left = end - System.nanoTime()) > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, left);
        }
        for (SinkSlot slot : filled) {
            slot.retryMillis = slot.retryMillis <= due ? Long.MIN_VALUE : slot.retryMillis;
        }
        retrying = false;
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
            List<Object> rest = written(slot, slot.writing, failure);
            slot.writing = List.of();
            if (!rest.isEmpty()) {
                rest.addAll(slot.items);
                slot.items = rest;
                fill(slot);
            }
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

    /* What a target has rejected comes as if from a source that ends when all is committed. */
    private boolean passRejected(Deliveries from, Link to) {
        boolean any = false;
        boolean settled = true;
        for (SinkSlot slot : slots) {
            if (slot == null) {
                continue;
            }
            Work work;
            while ((work = from.takeRejected(slot)) != null) {
                any = true;
                Work rejected = work;
                site.stage()
                        .passAs(
                                StageSite.NO_LANE,
                                to,
                                () ->
                                        rejected.forEachRejected(
                                                (item, cause) -> putAside(to, item, cause)));
            }
            settled &= from.isSettled(slot);
        }
        if (deadEnding && !deadEnded && settled) {
            deadEnded = true;
            any = true;
            site.stage().passEnd(to::end);
        }
        return any;
    }

    private void putAside(Link to, Object item, Throwable cause) {
        /* It was counted as stored, here or in an earlier execution. */
        counts.stored--;
        counts.dead++;
        to.push(null, new DeadLetter(site.stepId(), null, item, site.epoch(), cause));
    }

    private void endOfInput(SinkSlot slot) {
        if (slot.blocking != null) {
            busy.add(slot);
            slot.blocking.onEndOfInput();
            return;
        }
        try {
            slot.part.onEndOfInput();
        } catch (Throwable thrown) {
            throw site.failed(called("onEndOfInput", slot), null, thrown);
        }
    }

    /** Accounts for a batch that was written or not; returns what is to be written again. */
    private List<Object> written(SinkSlot slot, List<Object> batch, @Nullable Throwable failure) {
        if (failure == null) {
            counts.stored += batch.size();
            slot.taken += batch.size();
            slot.settled();
            if (slot.blocking == null) {
                batch.clear();
                return batch;
            }
            return new ArrayList<>();
        }
        if (failure instanceof PartialWriteException partial) {
            checkIndexes(slot, batch, partial);
            int stored = batch.size() - partial.failed().length;
            counts.stored += stored;
            slot.taken += stored;
            Throwable cause = partial.getCause();
            return failed(
                    slot, SinkSlot.pick(batch, partial.failed()), cause == null ? partial : cause);
        }
        if (slot.part.isStore()) {
            throw site.failed(called("the outbox", slot), null, failure);
        }
        return failed(slot, batch, failure);
    }

    private void checkIndexes(SinkSlot slot, List<Object> batch, PartialWriteException partial) {
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

    private List<Object> failed(SinkSlot slot, List<Object> batch, Throwable thrown) {
        FailurePolicy policy = site.step().policy();
        if (policy == null || !policy.appliesTo(thrown)) {
            throw site.failed(called("writeBatch", slot), null, thrown);
        }
        slot.attempts++;
        if (slot.attempts < policy.attemptsMax()) {
            slot.retryMillis = policy.backOff().endMillis(slot.attempts, site.steadyMillis());
            retrying = true;
            return batch;
        }
        if (policy.last() != FailurePolicy.Last.DEAD_LETTER || dead == null) {
            throw site.failed(called("writeBatch", slot), null, thrown);
        }
        Link to = dead;
        site.stage()
                .passAs(
                        StageSite.NO_LANE,
                        to,
                        () -> {
                            for (Object item : batch) {
                                counts.dead++;
                                to.push(
                                        null,
                                        new DeadLetter(
                                                site.stepId(), null, item, site.epoch(), thrown));
                            }
                        });
        slot.settled();
        return new ArrayList<>();
    }

    private void snapshot(SinkSlot slot, ChangeLog log) {
        try {
            Object position = slot.position();
            if (position != null) {
                log.put(parts.name(slot.index), position);
                forces.accept(new Forced(site, parts.name(slot.index), slot.part, position));
            }
        } catch (Throwable thrown) {
            throw site.failed(called("snapshot", slot), null, thrown);
        }
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
