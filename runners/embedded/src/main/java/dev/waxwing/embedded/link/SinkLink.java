package dev.waxwing.embedded.link;

import dev.waxwing.DeadLetter;
import dev.waxwing.FailurePolicy;
import dev.waxwing.sink.PartialWriteException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The end of a chain: gathers items by partition and writes them when the activation ends. */
public final class SinkLink implements Link, Polled {

    private static final int BATCH_ITEMS_MAX = 1_024;

    private final SinkParts parts;
    private final @Nullable Link dead;
    private final StepSite site;
    private final StepCounts counts;
    private final @Nullable ChangeLog changes;
    private final Consumer<Forced> forces;
    private final StepSite feeder;
    private final @Nullable Slot[] slots;
    private final List<Slot> filled = new ArrayList<>();
    private final List<Slot> written = new ArrayList<>();
    private boolean retrying;

    SinkLink(
            SinkParts parts,
            @Nullable Link dead,
            StepSite site,
            StepCounts counts,
            @Nullable ChangeLog changes,
            Consumer<Forced> forces,
            StepSite feeder) {
        this.parts = parts;
        this.dead = dead;
        this.site = site;
        this.counts = counts;
        this.changes = changes;
        this.forces = forces;
        this.feeder = feeder;
        this.slots = new Slot[parts.count()];
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
        Slot slot = slots[part];
        if (slot == null) {
            slot = slot(part, null);
        }
        if (slot.items.isEmpty()) {
            filled.add(slot);
        }
        slot.items.add(value);
        if (slot.items.size() >= BATCH_ITEMS_MAX && !retrying) {
            write(slot);
        }
    }

    @Override
    public StepSite feeder() {
        return feeder;
    }

    @Override
    public void flush() {
        if (!retrying) {
            writeAll();
        }
        if (dead != null) {
            dead.flush();
        }
    }

    @Override
    public void barrier(long epoch) {
        checkLedger();
        for (Slot slot : written) {
            slot.written = false;
            if (changes != null) {
                snapshot(slot, changes);
            }
        }
        written.clear();
        if (dead != null) {
            dead.barrier(epoch);
        }
    }

    @Override
    public void watermark(long micros) {
        if (dead != null) {
            dead.watermark(micros);
        }
    }

    @Override
    public void end() {
        for (Slot slot : slots) {
            if (slot != null) {
                try {
                    slot.part.onEndOfInput();
                } catch (Throwable thrown) {
                    throw site.failed(called("onEndOfInput", slot), null, thrown);
                }
                markWritten(slot);
            }
        }
        if (dead != null) {
            dead.end();
        }
    }

    /** Closes what is open; the first failure is thrown when all are closed. */
    public void close() throws Exception {
        Exception first = null;
        for (Slot slot : slots) {
            if (slot != null) {
                try {
                    slot.part.close();
                } catch (Exception e) {
                    first = first == null ? e : first;
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    @Override
    public boolean poll() {
        if (!retrying || dueMillis() > site.nowMillis()) {
            return false;
        }
        retrying = false;
        writeAll();
        return true;
    }

    @Override
    public long dueMillis() {
        long due = Long.MAX_VALUE;
        if (retrying) {
            for (Slot slot : filled) {
                due = Math.min(due, slot.retryMillis);
            }
        }
        return due;
    }

    @Override
    public boolean takesInput() {
        return !retrying;
    }

    @Override
    public boolean takesMarks() {
        return !retrying;
    }

    private Slot slot(int part, @Nullable Object resumeState) {
        try {
            Slot slot = new Slot(part, parts.open(part, resumeState));
            slots[part] = slot;
            return slot;
        } catch (Throwable thrown) {
            throw site.failed("opening partition '" + parts.name(part) + "'", null, thrown);
        }
    }

    private void writeAll() {
        List<Slot> todo = new ArrayList<>(filled);
        filled.clear();
        for (Slot slot : todo) {
            if (!slot.items.isEmpty()) {
                write(slot);
            }
            if (!slot.items.isEmpty()) {
                filled.add(slot);
            }
        }
    }

    private void write(Slot slot) {
        if (slot.retryMillis > site.nowMillis()) {
            retrying = true;
            return;
        }
        markWritten(slot);
        try {
            slot.part.write(slot.items);
            counts.stored += slot.items.size();
            slot.clear();
        } catch (PartialWriteException partial) {
            counts.stored += slot.items.size() - partial.failed().length;
            slot.keep(partial.failed());
            failed(slot, partial.getCause() == null ? partial : partial.getCause());
        } catch (Throwable thrown) {
            failed(slot, thrown);
        }
    }

    private void failed(Slot slot, Throwable thrown) {
        FailurePolicy policy = site.step().policy();
        if (policy == null) {
            throw site.failed(called("writeBatch", slot), null, thrown);
        }
        slot.attempts++;
        if (slot.attempts < policy.attemptsMax()) {
            slot.retryMillis = site.nowMillis() + policy.waitAfter(slot.attempts).toMillis();
            retrying = true;
        } else if (policy.last() == FailurePolicy.Last.DEAD_LETTER && dead != null) {
            for (Object item : slot.items) {
                counts.dead++;
                dead.push(null, new DeadLetter(site.stepId(), null, item, site.epoch(), thrown));
            }
            slot.clear();
        } else {
            throw site.failed(called("writeBatch", slot), null, thrown);
        }
    }

    private void snapshot(Slot slot, ChangeLog log) {
        try {
            Object position = slot.part.snapshot();
            if (position != null) {
                log.put(parts.name(slot.index), position);
                forces.accept(new Forced(site, called("force", slot), slot.part::force));
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

    private void markWritten(Slot slot) {
        if (!slot.written) {
            slot.written = true;
            written.add(slot);
        }
    }

    private String called(String method, Slot slot) {
        return method + " of partition '" + parts.name(slot.index) + "'";
    }

    /** What must be made durable before the epoch is decided, run off the worker. */
    public record Forced(StepSite site, String what, Action action) {

        /** Something that may fail. */
        @FunctionalInterface
        public interface Action {
            void run() throws Exception;
        }
    }

    /** An open partition and what waits for it. */
    private static final class Slot {

        final int index;
        final SinkPart part;
        List<Object> items = new ArrayList<>();
        boolean written;
        int attempts;
        long retryMillis = Long.MIN_VALUE;

        Slot(int index, SinkPart part) {
            this.index = index;
            this.part = part;
        }

        void clear() {
            items.clear();
            attempts = 0;
            retryMillis = Long.MIN_VALUE;
        }

        void keep(int[] failed) {
            List<Object> kept = new ArrayList<>(failed.length);
            for (int index : failed) {
                kept.add(items.get(index));
            }
            items = kept;
        }
    }
}
