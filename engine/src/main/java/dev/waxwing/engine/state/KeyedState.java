package dev.waxwing.engine.state;

import dev.waxwing.engine.channel.Budget;
import dev.waxwing.engine.site.Boxed;
import dev.waxwing.engine.site.ChangeLog;
import dev.waxwing.engine.site.ConfinedContext;
import dev.waxwing.engine.site.Slice;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.run.check.StepChecks;
import dev.waxwing.state.LogicContext;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.state.StatefulSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a stateful step on a worker: their logics, timers and what has changed. Confined to
 * the worker.
 */
public final class KeyedState extends StepState {

    /*
     * Touching. An item costs one comparison, cell.touch with touch. They differ at the first touch of an activation, if
     * any logic wants activations, or of an epoch, if changes are recorded; only then the slow path runs.
     *
     * When to notify. Logics are asked at the end of an activation, so they have to be listed. Those that follow the
     * watermark, such as windows, change their answer rarely and are asked after each item instead, which
     * costs less than the list if a batch has few values a key (benchmark W3).
     *
     * The key that is being called. An item's is the one that the table found last: a number says so, since to store a
     * reference in an old object costs a memory fence under G1 (docs/decisions/0013). Calls by time or at an
     * activation's end are rarer and set the cell.
     *
     * Snapshots. The barrier swaps the dirty list and does nothing else. Each cell of the list is saved in a
     * slice of snapshotSlice, or before its next touch, whichever is first: savedEpoch tells. A cell whose key has gone
     * stays until that has been recorded, if the store knows the key.
     */
    private final StatefulLogic.Builder<Object, Object, Object, Object> builder;
    private final StepSite site;
    private final @Nullable ChangeLog changes;
    private final CellTable cells = new CellTable();
    private final TimerQueue timers = new TimerQueue();
    private final WatermarkQueue watermarks = new WatermarkQueue();
    private final LogicContext<Object> context;
    private final boolean asksAfterEachItem;
    private final boolean tellsLanes;
    private List<Cell> active = new ArrayList<>();
    private List<Cell> firing = new ArrayList<>();
    private List<Cell> dirty = new ArrayList<>();
    private List<Cell> unsaved = List.of();
    private int savedUpTo;
    private int goneUnsaved;
    private long savingEpoch;
    private boolean wantsActivations;
    private Class<?> traitsOf = KeyedState.class;
    private LogicTraits traits = LogicTraits.NONE;

    long touch = 1;
    @Nullable Cell current;

    /**
     * @param time whether the logics follow the watermark
     * @param changes takes what epochs change, or null if nothing is recorded
     * @param watermarkChanges takes the watermark of each epoch, or null if nothing is recorded or
     *     the step does not follow it
     */
    public KeyedState(
            StatefulLogic.Builder<Object, Object, Object, Object> builder,
            StepSite site,
            StatefulSpec.Time time,
            @Nullable ChangeLog changes,
            @Nullable ChangeLog watermarkChanges) {
        super(site, watermarkChanges);
        this.builder = builder;
        this.site = site;
        this.context = new Context(new ConfinedContext(site));
        this.asksAfterEachItem = time == StatefulSpec.Time.FOLLOWED;
        this.changes = changes;
        this.tellsLanes = site.stage().tellsLanes();
    }

    @Override
    Object currentKey() {
        Cell cell = current != null ? current : cells.last();
        return Objects.requireNonNull(cell, "no logic is being called").key();
    }

    @Override
    public int size() {
        return cells.size();
    }

    /** How many cells there are, with those of keys whose end is to be recorded. */
    int cells() {
        return cells.size();
    }

    /** How many cells wait for a time or a watermark. */
    int waiting() {
        return timers.size() + watermarks.size();
    }

    /** How many cells the open epoch has to record, or has recorded that there is nothing. */
    int dirty() {
        return dirty.size();
    }

    /** As {@link CellTable#likely}. */
    @Nullable Cell likely(int hash) {
        return cells.likely(hash);
    }

    /** The cell of a key in its two parts, which may be new. */
    Cell cellOf(int hash, long bits, Object rest) {
        Cell cell = cells.find(hash, bits, rest);
        if (cell == null) {
            if (expectsKeys()) {
                newKey(Boxed.of(bits, rest));
            }
            cell = newCell(bits, rest, hash);
            cells.add(cell);
        }
        return cell;
    }

    private Cell newCell(long bits, Object rest, int hash) {
        return tellsLanes ? new Cell.OfLane(bits, rest, hash) : new Cell(bits, rest, hash);
    }

    /** An item of the cell's key comes, which the table has found last: touches it. */
    void take(Cell cell) {
        if (cell.touch != touch) {
            touch(cell);
        }
        if (current != null) {
            current = null;
        }
        if (tellsLanes) {
            ((Cell.OfLane) cell).lane = site.stage().lane();
        }
        if (cell.logic == null) {
            build(cell, null);
        }
    }

    /** Deals with what a call of the cell's logic returned. */
    void returned(Cell cell, @Nullable Retain retain, String method) {
        if (retain == Retain.KEEP) {
            return;
        }
        if (retain == null) {
            throw site.failed(
                    method
                            + " returned null for key '"
                            + StepChecks.shown(cell.key())
                            + "'; return Retain.KEEP or Retain.DISCARD");
        }
        cell.logic = null;
        timers.remove(cell);
        watermarks.remove(cell);
        if (changes == null || isNothingToRecord(cell)) {
            forget(cell);
        }
    }

    /* The store knows nothing of a key that came and went within an epoch. */
    private boolean isNothingToRecord(Cell cell) {
        Cell.Recorded recorded = recorded(cell);
        if (recorded.stored) {
            return false;
        }
        recorded.savedEpoch = Cell.Recorded.NEVER_TO_BE_SAVED;
        if (++goneUnsaved * 2 > dirty.size()) {
            dirty.removeIf(each -> recorded(each).savedEpoch == Cell.Recorded.NEVER_TO_BE_SAVED);
            goneUnsaved = 0;
        }
        return true;
    }

    private void forget(Cell cell) {
        try {
            cells.remove(cell);
        } catch (Throwable thrown) {
            throw site.keyFailed(cell.key(), thrown);
        }
    }

    @Override
    public void restore(Object key, Object state, long epoch) {
        Cell cell = restored(key);
        if (changes != null) {
            Cell.Recorded recorded = recorded(cell);
            recorded.stored = true;
            recorded.savedEpoch = epoch;
            recorded.dirtyEpoch = epoch;
        }
        current = cell;
        build(cell, state);
        StatefulLogic<Object, Object, Object> logic = Objects.requireNonNull(cell.logic);
        askWhen(cell, logic);
    }

    private Cell restored(Object key) {
        try {
            int hash = CellTable.hash(Boxed.hash(key));
            Cell cell = newCell(Boxed.bits(key), Boxed.rest(key), hash);
            cells.add(cell);
            return cell;
        } catch (Throwable thrown) {
            throw site.keyFailed(key, thrown);
        }
    }

    /** The cell's logic has taken an item. */
    void tookItem(Cell cell) {
        StatefulLogic<Object, Object, Object> logic = cell.logic;
        if (asksAfterEachItem && logic != null) {
            askWhen(cell, logic);
        }
    }

    /** Tells the logics that want to know, and asks when to notify them. */
    @Override
    void endActivation() {
        if (active.isEmpty()) {
            return;
        }
        List<Cell> touched = active;
        active = firing;
        firing = touched;
        StepSite before = site.worker().calls(site);
        for (Cell cell : touched) {
            StatefulLogic<Object, Object, Object> logic = cell.logic;
            if (logic != null) {
                endActivation(cell, logic);
            }
        }
        site.worker().calls(before);
        touched.clear();
        touch++;
    }

    private void endActivation(Cell cell, StatefulLogic<Object, Object, Object> logic) {
        current = cell;
        if (traits(logic).activationEnd()) {
            Retain retain;
            LogicCall call = beginCall();
            try {
                retain = logic.onActivationEnd(call);
            } catch (Throwable thrown) {
                throw site.failed("onActivationEnd", cell.key(), thrown);
            } finally {
                call.end();
            }
            returned(cell, retain, "onActivationEnd");
        }
        if (cell.logic != null) {
            askWhen(cell, logic);
        }
    }

    @Override
    long dueMicros() {
        return watermarks.firstMicros();
    }

    @Override
    boolean fireDue() {
        int fired = 0;
        Cell cell;
        while ((cell = watermarks.takeDue(watermark())) != null) {
            notify(cell);
            if (++fired == SLICE_KEYS || !site.stage().budget().goesOn()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean poll() {
        long now = site.nowMillis();
        if (rests() || !(isDue() || timers.firstMillis() <= now)) {
            return false;
        }
        boolean any = isDue();
        fireDue();
        int fired = 0;
        Cell cell;
        while (fired < SLICE_KEYS && (cell = timers.takeDue(now)) != null) {
            notify(cell);
            fired++;
            if (!site.stage().budget().goesOn()) {
                break;
            }
        }
        return any || fired > 0;
    }

    @Override
    public long dueMillis() {
        if (rests()) {
            return Long.MAX_VALUE;
        }
        return isDue() ? Long.MIN_VALUE : site.dueMillis(timers.firstMillis());
    }

    @Override
    Slice keysAtEndOfInput() {
        Cell[] all = cells.toArray();
        int[] next = {0};
        return () -> {
            int end = Math.min(all.length, next[0] + SLICE_KEYS);
            while (next[0] < end) {
                endOfInput(all[next[0]++]);
                if (!site.stage().budget().goesOn()) {
                    break;
                }
            }
            return next[0] == all.length;
        };
    }

    @Override
    void keysAtBarrier(long epoch) {
        if (changes == null) {
            return;
        }
        unsaved = dirty;
        savedUpTo = 0;
        savingEpoch = epoch;
        dirty = new ArrayList<>();
        goneUnsaved = 0;
        touch++;
    }

    @Override
    public boolean snapshotSlice() {
        Budget budget = site.stage().budget();
        budget.begin();
        int end = Math.min(unsaved.size(), savedUpTo + SLICE_KEYS);
        while (savedUpTo < end) {
            Cell cell = unsaved.get(savedUpTo++);
            if (recorded(cell).savedEpoch < savingEpoch) {
                save(cell);
                if (cell.logic == null) {
                    forget(cell);
                }
            }
            if (!budget.goesOn()) {
                break;
            }
        }
        if (savedUpTo == unsaved.size()) {
            unsaved = List.of();
            savedUpTo = 0;
            return true;
        }
        return false;
    }

    private void touch(Cell cell) {
        cell.touch = touch;
        if (wantsActivations) {
            active.add(cell);
        }
        if (changes != null) {
            dirty(cell, recorded(cell));
        }
    }

    private void dirty(Cell cell, Cell.Recorded recorded) {
        long epoch = site.epoch();
        if (recorded.dirtyEpoch != epoch) {
            if (recorded.dirtyEpoch > recorded.savedEpoch) {
                save(cell);
            }
            recorded.dirtyEpoch = epoch;
            dirty.add(cell);
        }
    }

    private static Cell.Recorded recorded(Cell cell) {
        Cell.Recorded recorded = cell.recorded;
        if (recorded == null) {
            recorded = new Cell.Recorded();
            cell.recorded = recorded;
        }
        return recorded;
    }

    private void save(Cell cell) {
        Cell.Recorded recorded = recorded(cell);
        recorded.savedEpoch = recorded.dirtyEpoch;
        ChangeLog log = Objects.requireNonNull(changes);
        StatefulLogic<Object, Object, Object> logic = cell.logic;
        if (logic != null) {
            Object state;
            Cell called = current;
            current = cell;
            StepSite before = site.worker().calls(site);
            try {
                state = logic.snapshot();
                log.put(cell.key(), Objects.requireNonNull(state, "snapshot returned null"));
            } catch (Throwable thrown) {
                throw site.failed("snapshot", cell.key(), thrown);
            }
            site.worker().calls(before);
            current = called;
            recorded.stored = true;
        } else if (recorded.stored) {
            log.remove(cell.key());
            recorded.stored = false;
        }
    }

    private void build(Cell cell, @Nullable Object state) {
        StatefulLogic<Object, Object, Object> logic;
        StepSite before = site.worker().calls(site);
        try {
            logic =
                    Objects.requireNonNull(
                            builder.build(context, state), "the builder returned null");
        } catch (Throwable thrown) {
            throw site.failed("the builder", cell.key(), thrown);
        }
        site.worker().calls(before);
        cell.logic = logic;
        if (tellsLanes && traits(logic).activationEnd()) {
            site.stage().endActivationsByLane();
        }
        if (!wantsActivations && traits(logic).wantsActivations(asksAfterEachItem)) {
            wantsActivations = true;
            active.add(cell);
        }
    }

    /* What a key emits by time or at the end of input is of the lane of its last item. */
    private void goOnInLane(Cell cell) {
        if (tellsLanes) {
            site.stage().lane(((Cell.OfLane) cell).lane);
        }
    }

    private void notify(Cell cell) {
        goOnInLane(cell);
        StatefulLogic<Object, Object, Object> logic = Objects.requireNonNull(cell.logic);
        if (cell.touch != touch) {
            touch(cell);
        }
        current = cell;
        StepSite before = site.worker().calls(site);
        Retain retain;
        LogicCall call = beginCall();
        try {
            retain = logic.onNotify(call);
        } catch (Throwable thrown) {
            throw site.failed("onNotify", cell.key(), thrown);
        } finally {
            call.end();
        }
        site.worker().calls(before);
        returned(cell, retain, "onNotify");
        askLater(cell);
    }

    private void endOfInput(Cell cell) {
        StatefulLogic<Object, Object, Object> logic = cell.logic;
        if (logic == null || !traits(logic).endOfInput()) {
            return;
        }
        goOnInLane(cell);
        if (cell.touch != touch) {
            touch(cell);
        }
        current = cell;
        StepSite before = site.worker().calls(site);
        Retain retain;
        LogicCall call = beginCall();
        try {
            retain = logic.onEndOfInput(call);
        } catch (Throwable thrown) {
            throw site.failed("onEndOfInput", cell.key(), thrown);
        } finally {
            call.end();
        }
        site.worker().calls(before);
        returned(cell, retain, "onEndOfInput");
        askLater(cell);
    }

    /* Not at once: a logic whose answer is always in the past must not hold the watermark. */
    private void askLater(Cell cell) {
        if (asksAfterEachItem && !wantsActivations) {
            active.add(cell);
        }
    }

    /* Those of the class that was asked for last are at hand: mostly all logics are of one class. */
    private LogicTraits traits(StatefulLogic<Object, Object, Object> logic) {
        if (logic.getClass() != traitsOf) {
            traitsOf = logic.getClass();
            traits = LogicTraits.of(logic);
        }
        return traits;
    }

    private void askWhen(Cell cell, StatefulLogic<Object, Object, Object> logic) {
        LogicTraits wants = traits(logic);
        try {
            if (wants.timers()) {
                timers.schedule(cell, logic.notifyAtMillis());
            }
            if (wants.watermarks()) {
                watermarks.schedule(cell, logic.notifyAtWatermark());
            }
        } catch (Throwable thrown) {
            throw site.failed("notifyAt", cell.key(), thrown);
        }
    }

    private final class Context implements LogicContext<Object> {

        private final ConfinedContext inner;

        Context(ConfinedContext inner) {
            this.inner = inner;
        }

        @Override
        public Object key() {
            inner.here();
            return currentKey();
        }

        @Override
        public long watermarkMicros() {
            inner.here();
            return watermark();
        }

        @Override
        public long lateBeforeMicros() {
            inner.here();
            return lateBefore();
        }

        @Override
        public String stepId() {
            return inner.stepId();
        }

        @Override
        public int workerIndex() {
            return inner.workerIndex();
        }

        @Override
        public int workerCount() {
            return inner.workerCount();
        }

        @Override
        public long epoch() {
            return inner.epoch();
        }

        @Override
        public Instant now() {
            return inner.now();
        }

        @Override
        public long nowMillis() {
            return inner.nowMillis();
        }

        @Override
        public long runningMillis() {
            return inner.here().runningMillis();
        }

        @Override
        public void count(String counterName, long amount) {
            inner.count(counterName, amount);
        }
    }
}
