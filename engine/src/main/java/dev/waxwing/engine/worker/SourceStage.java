package dev.waxwing.engine.worker;

import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.engine.link.Link;
import dev.waxwing.engine.link.SourceLink;
import dev.waxwing.engine.site.ChangeLog;
import dev.waxwing.engine.site.Closings;
import dev.waxwing.engine.site.PendingItem;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourcePartition;
import dev.waxwing.step.DataflowException;
import dev.waxwing.step.FailurePolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A stage that is fed by the partitions of a source that this worker owns. */
public final class SourceStage extends Stage {

    /*
     * Two ways to read. As long as a call's items can be worked off in the time of an activation and receivers have room
     * for them, partitions read into a head that does not ask for each item whether there is time left: a branch at
     * which an item is alive makes the compiler allocate its box (see Boxed; benchmark W1). Else they read into one that
     * does, which costs some nanoseconds an item.
     */

    private static final int ITEMS = 1_024;

    /**
     * How long the first drivers read; long enough to be profiled, see {@code PlainSourceDriver}.
     */
    private static final int FIRST_MILLIS = 500;

    private final Worker worker;
    private final @Nullable ChangeLog changes;
    private final @Nullable StateChanges pending;
    private final boolean epochPerBatch;
    private final List<PartitionReader> readers = new ArrayList<>();
    private @Nullable StepSite site;
    private @Nullable SourceLink inputLink;
    private @Nullable KeepingEmitter keeping;
    private @Nullable SourceDriver keepingDriver;
    private List<SourceDriver> firstDrivers = List.of();
    private @Nullable SourceDriver driver;
    private boolean settled;
    private int reads;
    private long firstReadMillis = Long.MIN_VALUE;
    private long takenAtStart;
    private long takenLast;
    private int next;
    private boolean ended;
    private boolean rests;
    private boolean warned;

    /** How many items calls have emitted of late, at most. */
    private long callItems = ITEMS;

    /** A link has held items back. */
    private boolean holds;

    /**
     * @param changes takes positions, or null if nothing is recorded
     * @param pending takes what partitions have emitted and the chain has not taken, likewise
     * @param epochPerBatch whether the source rests after a batch until the epoch has ended
     */
    public SourceStage(
            Worker worker,
            long firstEpoch,
            @Nullable ChangeLog changes,
            @Nullable StateChanges pending,
            boolean epochPerBatch) {
        super(firstEpoch, worker);
        this.worker = worker;
        this.changes = changes;
        this.pending = pending;
        this.epochPerBatch = epochPerBatch;
    }

    /**
     * The chain, and what lets partitions read into it.
     *
     * @param inputHead takes what was kept
     * @param plain makes a driver for what takes items in the place of the head
     * @param first two that are used in the beginning, while the compiler learns
     */
    public void start(
            Link chain,
            StepSite inputSite,
            SourceLink inputHead,
            Function<SourceEmitter<Object>, SourceDriver> plain,
            List<SourceDriver> first,
            SourceDriver driver) {
        start(chain);
        inputLink = inputHead;
        keeping = new KeepingEmitter(inputHead, inputSite, budget());
        keepingDriver = plain.apply(keeping);
        site = inputSite;
        firstDrivers = first;
        this.driver = driver;
    }

    /** Adds an open partition, and the position that it was restored at; before anything flows. */
    public void add(String name, @Nullable Object position, SourcePartition<Object> partition) {
        PartitionReader reader = new PartitionReader(name, partition);
        readers.add(reader);
        if (partition instanceof BlockingPartition && worker.hasPartitionThreads()) {
            try {
                reader =
                        new PartitionReader(
                                name,
                                new HandedPartition(
                                        site(), name, partition, worker.lanes(), worker.clock()));
                readers.set(readers.size() - 1, reader);
            } catch (Throwable thrown) {
                throw site().failed("snapshot of partition '" + name + "'", null, thrown);
            }
        }
        reader.stored = position;
        Instant awake;
        try {
            awake = reader.partition.nextAwake();
        } catch (Throwable thrown) {
            throw awakeFailed(reader, thrown);
        }
        reader.planNext(awake, true, worker.clock());
    }

    /**
     * Restores items that partitions had emitted and the chain had not taken; after all are added.
     *
     * @param items by their places, in order
     */
    public void restore(SortedMap<String, PendingItem> items) {
        items.forEach(
                (place, item) -> {
                    for (PartitionReader reader : readers) {
                        if (reader.name.equals(PendingItem.partitionOf(place))) {
                            reader.rest.restore(place, item);
                        }
                    }
                });
    }

    /** What is thrown when a partition could not say when to read it next. */
    public DataflowException awakeFailed(PartitionReader reader, Throwable thrown) {
        return site().failed("nextAwake of partition '" + reader.name + "'", null, thrown);
    }

    @Override
    boolean takeInput() {
        if (ended) {
            return false;
        }
        boolean clearing = hasMarks();
        if (!clearing && (rests || isSettling() || worker.isHeld())) {
            return false;
        }
        boolean any = false;
        budget().begin(taken());
        for (int i = 0; i < readers.size() && !rests && !budget().isSpent(); i++) {
            int of = next;
            PartitionReader reader = readers.get(of);
            next = of + 1 == readers.size() ? 0 : of + 1;
            if (clearing ? !reader.rest.isEmpty() : reader.isDue(worker.steadyMillis())) {
                lane(of);
                any |= read(reader);
            }
        }
        if (any) {
            holds |= !takesInput();
            endActivation();
        }
        if (!clearing && !rests && readers.stream().allMatch(PartitionReader::isEnded)) {
            ended = true;
            mark(
                    () -> {
                        head().flush();
                        head().end();
                    });
            return true;
        }
        return any;
    }

    private boolean read(PartitionReader reader) {
        long before = taken();
        takenAtStart = before;
        takenLast = before;
        if (reader.rest.isEmpty()) {
            StepSite caller = worker.calls(site());
            try {
                driver(reader.rest).drive(reader, this);
            } catch (Throwable thrown) {
                failed(reader, thrown);
            }
            worker.calls(caller);
        } else {
            reader.rest.passOn(Objects.requireNonNull(inputLink), budget(), site().counts());
        }
        reader.taken += taken() - before;
        boolean emitted = taken() != before;
        if (!emitted) {
            reader.silentMillis = worker.steadyMillis();
        }
        rests = epochPerBatch && (emitted || reader.ended);
        if (emitted || reader.ended) {
            worker.touched();
            return true;
        }
        return false;
    }

    /** Plans the next read; returns whether it is to come at once. */
    public boolean goesOn(PartitionReader reader, @Nullable Instant awake) {
        long taken = taken();
        boolean emitted = taken != takenLast;
        callItems = Math.max(callItems, taken - takenLast);
        takenLast = taken;
        reader.returned();
        reader.planNext(awake, emitted, worker.clock());
        return emitted
                && !epochPerBatch
                && budget().allows(taken)
                && taken - takenAtStart < ITEMS
                && (awake == null || reader.isDue(worker.steadyMillis()));
    }

    private SourceDriver driver(Rest rest) {
        callItems = Math.max(ITEMS, callItems - callItems / 8);
        if (holds || !budget().fits(callItems) || !gatesTake(callItems)) {
            Objects.requireNonNull(keeping).keepIn(rest);
            return Objects.requireNonNull(keepingDriver);
        }
        if (settled) {
            return Objects.requireNonNull(driver);
        }
        if (firstReadMillis == Long.MIN_VALUE) {
            firstReadMillis = worker.steadyMillis();
        }
        settled = worker.steadyMillis() - firstReadMillis > FIRST_MILLIS;
        return firstDrivers.get(reads++ & 1);
    }

    /** What has been read, items and rejects. */
    private long taken() {
        return site().counts().read();
    }

    private void failed(PartitionReader reader, Throwable thrown) {
        FailurePolicy policy = site().step().policy();
        reader.attempts = taken() == takenLast ? reader.attempts + 1 : 1;
        if (policy == null
                || !policy.appliesTo(thrown)
                || thrown instanceof TakenPosition.ChangedException
                || worker.failure() != null
                || reader.attempts >= policy.attemptsMax()) {
            throw site().failed("nextBatch of partition '" + reader.name + "'", null, thrown);
        }
        reader.awakeMillis = policy.backOff().endMillis(reader.attempts, worker.steadyMillis());
    }

    @Override
    boolean isReadyForMarks() {
        for (PartitionReader reader : readers) {
            if (!reader.rest.isEmpty() && !mayStay(reader)) {
                return false;
            }
        }
        return true;
    }

    /*
     * What is not recorded would be lost at the end, and what is not acknowledged would come again; before that, a
     * later epoch may have it.
     */
    private boolean mayStay(PartitionReader reader) {
        if (worker.isStopping() && (pending == null || reader.wantsAcknowledgements())) {
            return false;
        }
        if (pending == null || reader.rest.isStorable(pending)) {
            return true;
        }
        warnOnce();
        return false;
    }

    private void warnOnce() {
        if (!warned) {
            warned = true;
            System.getLogger(SourceStage.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "step ''{0}'' emits items that cannot be stored, so that an epoch ends"
                                    + " only when all that a call of nextBatch has emitted is"
                                    + " worked off, however long that takes; emit less in a call,"
                                    + " heed SourceEmitter.hasRoom, or register the items'' class",
                            site().stepId());
        }
    }

    @Override
    long inputDueMillis() {
        if (hasMarks() && !isReadyForMarks()) {
            return Long.MIN_VALUE;
        }
        if (ended || rests || isSettling() || worker.isHeld()) {
            return Long.MAX_VALUE;
        }
        long due = readers.isEmpty() ? Long.MIN_VALUE : Long.MAX_VALUE;
        for (PartitionReader reader : readers) {
            due = Math.min(due, reader.dueMillis());
        }
        return due;
    }

    @Override
    boolean isEnded() {
        return ended;
    }

    @Override
    void passBarrier(long epoch) {
        head().flush();
        for (PartitionReader reader : readers) {
            record(reader, epoch);
        }
        super.passBarrier(epoch);
        rests = false;
    }

    private void record(PartitionReader reader, long epoch) {
        if (reader.closed) {
            return;
        }
        checkLedger(reader);
        StepSite caller = worker.calls(site());
        try {
            Object position = null;
            if (reader.hasPosition()) {
                position = Objects.requireNonNull(reader.snapshot(), "snapshot returned null");
                reader.lastTaken.unchanged();
                reader.lastTaken = TakenPosition.of(position);
            }
            if (changes != null && position != null && !position.equals(reader.stored)) {
                reader.stored = position;
                changes.put(reader.name, position);
            }
            if (pending != null) {
                reader.rest.record(pending, epoch);
            }
            reader.onEpochEnd(epoch, position);
        } catch (Throwable thrown) {
            throw site().failed("snapshot of partition '" + reader.name + "'", null, thrown);
        }
        worker.calls(caller);
    }

    /* The source's part of the ledger: what the partition's thread has read went on, was put aside or is kept. */
    private void checkLedger(PartitionReader reader) {
        if (reader.partition instanceof HandedPartition handed
                && handed.itemsRead() + reader.rest.restored()
                        != reader.taken + reader.rest.size()) {
            throw site().failed(
                            "partition '"
                                    + reader.name
                                    + "' read "
                                    + (handed.itemsRead() + reader.rest.restored())
                                    + " items, but "
                                    + (reader.taken + reader.rest.size())
                                    + " were emitted or put aside; this is a defect of Waxwing,"
                                    + " please report it");
        }
    }

    /** Lets partitions renew what they hold; returns when that is next due. */
    long renew(long nowMillis) {
        long due = Long.MAX_VALUE;
        for (PartitionReader reader : readers) {
            due = Math.min(due, reader.renew(nowMillis));
        }
        return due;
    }

    void acknowledge(long epoch) {
        StepSite caller = worker.calls(site());
        for (PartitionReader reader : readers) {
            reader.acknowledge(
                    epoch,
                    failure ->
                            worker.failLater(
                                    site().failure(called("acknowledge", reader), failure)));
        }
        worker.calls(caller);
    }

    /**
     * Closes the partitions.
     *
     * @param done the newest done epoch, of which they hear first
     */
    void close(long done, Closings closings) {
        for (PartitionReader reader : readers) {
            if (!reader.closed) {
                reader.acknowledge(
                        done,
                        failure -> closings.failed(site(), called("acknowledge", reader), failure));
                reader.closed = true;
                closings.close(site(), called("close", reader), reader.partition);
            }
        }
    }

    private static String called(String method, PartitionReader reader) {
        return method + " of partition '" + reader.name + "'";
    }

    @Override
    public int laneCount() {
        return readers.size();
    }

    @Override
    public boolean isLaneEnded(int index) {
        return readers.get(index).isEnded() && !isHolding(index);
    }

    @Override
    public long silentMillis(int index) {
        PartitionReader reader = readers.get(index);
        boolean isPatient = reader.attempts > 0 || reader.partition.isWaiting();
        if (isHolding(index) || isPatient || !reader.rest.isEmpty()) {
            return Long.MIN_VALUE;
        }
        long now = worker.steadyMillis();
        return reader.isDue(now) ? reader.silentMillis : now;
    }

    private StepSite site() {
        return Objects.requireNonNull(site, "the stage has been started");
    }
}
