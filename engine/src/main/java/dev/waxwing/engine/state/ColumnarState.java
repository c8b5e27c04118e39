package dev.waxwing.engine.state;

import dev.waxwing.engine.channel.Budget;
import dev.waxwing.engine.site.Boxed;
import dev.waxwing.engine.site.ChangeLog;
import dev.waxwing.engine.site.Slice;
import dev.waxwing.engine.site.StageSite;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.state.columnar.ColumnarLogic;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The keys of a stateful step on a worker whose logic is one for all of them. */
public final class ColumnarState extends StepState {

    /*
     * A key keeps its slot when nothing is kept of it any more, for it will mostly come again. It is forgotten when the
     * table is full, or is much larger than what one watermark makes due; and since there may be no other
     * watermark, a table that is not small is looked at once in LOOK_MILLIS.
     *
     * Snapshots. The barrier does nothing. Each key that the epoch touched is saved in a slice, or
     * before its next touch, whichever is first: an epoch's number a slot tells.
     */
    private static final int FEW = 1_024;
    static final long LOOK_MILLIS = 60_000;
    private static final int SLICE_SLOTS = 1 << 16;

    /** From how many slots on they are more than what the processor has at hand. */
    static final int LARGE_SLOTS = 1 << 15;

    private final ColumnarLogic<Object, Object, Object> logic;
    private final @Nullable ChangeLog changes;
    private final SlotTable slots = new SlotTable();
    private long[] dirtyEpochs = {};
    private long[] savedEpochs = {};
    private boolean[] stored = {};
    private int[] lanes = {};
    private long savingEpoch;
    private int savedUpTo = Integer.MAX_VALUE;
    private int fired;
    private int usedMost;
    private long lookMillis = Long.MAX_VALUE;
    private int current = ColumnarLogic.NONE;
    private final Held held = new Held();
    private boolean large;
    private final boolean tellsLanes;

    /** Is not read: what looks give has to go somewhere, or the compiler leaves them out. */
    int seen;

    /**
     * @param changes takes what epochs change, or null if nothing is recorded
     * @param watermarkChanges as {@link StepState#StepState}
     */
    public ColumnarState(
            ColumnarLogic<Object, Object, Object> logic,
            StepSite site,
            @Nullable ChangeLog changes,
            @Nullable ChangeLog watermarkChanges) {
        super(site, watermarkChanges);
        this.logic = logic;
        this.changes = changes;
        this.tellsLanes = site.stage().tellsLanes();
        if (tellsLanes) {
            site.stage().endActivationsByLane();
        }
        resize(new int[0]);
    }

    @Override
    public int size() {
        return logic.size();
    }

    @Override
    Object currentKey() {
        return slots.key(current);
    }

    /** The slot of a key in its two parts, or {@link ColumnarLogic#NONE}. */
    int find(int hash, long bits, Object rest) {
        return slots.find(hash, bits, rest);
    }

    /** Whether the next key that is added moves all slots. */
    boolean isFull() {
        return slots.isFull();
    }

    /** Whether there are so many slots that what is kept of a key is rarely at hand. */
    boolean isLarge() {
        return large;
    }

    /** How many slots there are. */
    int capacity() {
        return slots.capacity();
    }

    /** Items that wait while there are many slots; no slot is moved until they have been taken. */
    Held held() {
        return held;
    }

    /** The logic is called for the key in a slot. */
    void call(int slot) {
        current = slot;
    }

    /** Adds a key that has no slot, before an item of it; returns the slot. */
    int add(int hash, long bits, Object rest) {
        if (expectsKeys()) {
            newKey(Boxed.of(bits, rest));
        }
        if (slots.isFull()) {
            rebuild();
        }
        return slots.add(hash, bits, rest);
    }

    /* The slots are those of another table from now on; items that are held have slots of this one. */
    private void rebuild() {
        if (!held.isEmpty()) {
            throw site().failed(
                            "keys were to be moved while items of some of them were held; this is"
                                    + " a defect of Waxwing, please report it");
        }
        resize(slots.rebuild(slot -> logic.isInUse(slot) || isUnsaved(slot)));
        lookMillis = slots.capacity() > FEW ? site().steadyMillis() + LOOK_MILLIS : Long.MAX_VALUE;
    }

    /* Of a key that is not in use and that the store does not know there is nothing to save. */
    private boolean isUnsaved(int slot) {
        return changes != null && stored[slot] && savedEpochs[slot] < dirtyEpochs[slot];
    }

    private void resize(int[] to) {
        int capacity = slots.capacity();
        logic.resize(capacity, slot -> to[slot]);
        large = capacity >= LARGE_SLOTS;
        if (tellsLanes) {
            lanes = moved(lanes, to, capacity);
        }
        if (changes == null) {
            return;
        }
        long[] dirtyBefore = dirtyEpochs;
        long[] savedBefore = savedEpochs;
        boolean[] storedBefore = stored;
        dirtyEpochs = new long[capacity];
        savedEpochs = new long[capacity];
        stored = new boolean[capacity];
        for (int slot = 0; slot < to.length; slot++) {
            if (to[slot] != ColumnarLogic.NONE) {
                dirtyEpochs[to[slot]] = dirtyBefore[slot];
                savedEpochs[to[slot]] = savedBefore[slot];
                stored[to[slot]] = storedBefore[slot];
            }
        }
        savedUpTo = savedUpTo == Integer.MAX_VALUE ? savedUpTo : 0;
    }

    private static int[] moved(int[] before, int[] to, int capacity) {
        int[] after = new int[capacity];
        for (int slot = 0; slot < to.length; slot++) {
            if (to[slot] != ColumnarLogic.NONE) {
                after[to[slot]] = before[slot];
            }
        }
        return after;
    }

    /** The state of a key is about to change, by what comes in the stage's lane. */
    void touch(int slot) {
        if (tellsLanes) {
            lanes[slot] = site().stage().lane();
        }
        if (changes == null) {
            return;
        }
        long epoch = site().epoch();
        if (dirtyEpochs[slot] != epoch) {
            if (savedEpochs[slot] < dirtyEpochs[slot]) {
                save(slot);
            }
            dirtyEpochs[slot] = epoch;
        }
    }

    @Override
    public void restore(Object key, Object state, long epoch) {
        int slot = restored(key);
        current = slot;
        if (tellsLanes) {
            lanes[slot] = StageSite.NO_LANE;
        }
        try {
            logic.restore(slot, state);
        } catch (Throwable thrown) {
            throw site().failed("the builder", key, thrown);
        }
        if (changes != null) {
            stored[slot] = true;
            savedEpochs[slot] = epoch;
            dirtyEpochs[slot] = epoch;
        }
    }

    private int restored(Object key) {
        try {
            return add(Boxed.hash(key), Boxed.bits(key), Boxed.rest(key));
        } catch (Throwable thrown) {
            throw site().keyFailed(key, thrown);
        }
    }

    @Override
    long dueMicros() {
        return logic.dueAtWatermark();
    }

    @Override
    boolean fireDue() {
        return fire(watermark(), "onNotify");
    }

    @Override
    Slice keysAtEndOfInput() {
        return () -> fire(Long.MAX_VALUE, "onEndOfInput");
    }

    private boolean fire(long micros, String method) {
        usedMost = Math.max(usedMost, logic.size());
        for (int i = 0; i < SLICE_KEYS; i++) {
            int slot = logic.nextDue(micros);
            if (slot == ColumnarLogic.NONE) {
                forget();
                return true;
            }
            if (tellsLanes) {
                site().stage().lane(lanes[slot]);
            }
            current = slot;
            touch(slot);
            LogicCall call = beginCall();
            try {
                logic.onDue(slot, call);
            } catch (Throwable thrown) {
                throw site().failed(method, slots.key(slot), thrown);
            } finally {
                call.end();
            }
            fired++;
            if (!site().stage().budget().goesOn()) {
                break;
            }
        }
        return false;
    }

    private void forget() {
        if (fired > 0 && slots.size() > FEW && slots.size() / 8 > Math.max(fired, logic.size())) {
            rebuild();
        }
        fired = 0;
    }

    /* Forgets keys if few of them have been in use since the last look. */
    private void look() {
        int most = Math.max(usedMost, logic.size());
        usedMost = 0;
        lookMillis = site().steadyMillis() + LOOK_MILLIS;
        if (slots.capacity() / 16 > most) {
            rebuild();
        }
    }

    @Override
    void endActivation() {}

    @Override
    public boolean poll() {
        if (rests()) {
            return false;
        }
        if (isDue()) {
            fireDue();
            return true;
        }
        if (lookMillis <= site().steadyMillis()) {
            look();
        }
        return false;
    }

    @Override
    public long dueMillis() {
        if (rests()) {
            return Long.MAX_VALUE;
        }
        return isDue() ? Long.MIN_VALUE : lookMillis;
    }

    @Override
    void keysAtBarrier(long epoch) {
        if (changes != null) {
            savingEpoch = epoch;
            savedUpTo = 0;
        }
    }

    @Override
    public boolean snapshotSlice() {
        int end = (int) Math.min(slots.capacity(), savedUpTo + (long) SLICE_SLOTS);
        int keys = 0;
        Budget budget = site().stage().budget();
        budget.begin();
        while (savedUpTo < end && keys < SLICE_KEYS && !budget.isSpent()) {
            int slot = savedUpTo++;
            if (savedEpochs[slot] < dirtyEpochs[slot] && dirtyEpochs[slot] <= savingEpoch) {
                save(slot);
                keys++;
                budget.goesOn();
            }
        }
        if (savedUpTo < slots.capacity()) {
            return false;
        }
        savedUpTo = Integer.MAX_VALUE;
        return true;
    }

    private void save(int slot) {
        savedEpochs[slot] = dirtyEpochs[slot];
        ChangeLog log = Objects.requireNonNull(changes);
        Object key = slots.key(slot);
        Object state;
        try {
            state = logic.snapshot(slot);
            if (state != null) {
                log.put(key, state);
            }
        } catch (Throwable thrown) {
            throw site().failed("snapshot", key, thrown);
        }
        if (state == null && stored[slot]) {
            log.remove(key);
        }
        stored[slot] = state != null;
    }
}
