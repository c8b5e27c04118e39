package dev.waxwing.engine.state;

import dev.waxwing.engine.channel.Mark;
import dev.waxwing.engine.site.ChangeLog;
import dev.waxwing.engine.site.Polled;
import dev.waxwing.engine.site.Slice;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.windowing.Micros;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a stateful step keeps on a worker, and how far the time of its stream has come. Confined to
 * the worker but for {@link #size}.
 */
public abstract class StepState implements Polled {

    /** How many keys a slice of work has at most. */
    public static final int SLICE_KEYS = 1_000;

    private static final String LATE_BEFORE = "late before, ";

    private final StepSite site;
    private final @Nullable ChangeLog watermarkChanges;
    private long watermark = Long.MIN_VALUE;
    private long savedWatermark = Long.MIN_VALUE;
    private long lateness;
    private long lateBefore = Long.MIN_VALUE;
    private long savedLateBefore = Long.MIN_VALUE;
    private int passing;
    private boolean inputEnded;

    /** Of which class all keys are that are stored, until the first item has come. */
    private @Nullable Class<?> storedKeys;

    private @Nullable LogicCall calls;

    /**
     * @param watermarkChanges takes the watermark of each epoch, or null if nothing is recorded or
     *     the step does not follow it
     */
    StepState(StepSite site, @Nullable ChangeLog watermarkChanges) {
        this.site = site;
        this.watermarkChanges = watermarkChanges;
    }

    /** Makes the calls of logics. */
    public final void callBy(LogicCall maker) {
        calls = maker;
    }

    /** Begins a call of a logic that is not for an item. */
    final LogicCall beginCall() {
        return Objects.requireNonNull(calls, "a link is made for the state before anything flows")
                .begin();
    }

    public final StepSite site() {
        return site;
    }

    final long watermark() {
        return watermark;
    }

    /** Before which time values are late, in whatever execution that came about. */
    final long lateBefore() {
        return lateBefore;
    }

    /** How many keys have state; other threads may ask, then it may lag. */
    public abstract int size();

    /** The key of the logic that is being called. */
    abstract Object currentKey();

    /** Puts a key's state in place before anything flows. */
    public abstract void restore(Object key, Object state, long epoch);

    /**
     * All keys that are stored are of one class, and no type of the step tells it; null if that is
     * not so. Before anything flows.
     */
    public final void expectKeysOf(@Nullable Class<?> stored) {
        storedKeys = stored;
    }

    /** Whether {@link #newKey} is to be called. */
    final boolean expectsKeys() {
        return storedKeys != null;
    }

    /**
     * An item comes whose key has no state. If it is the first one, and of another class than all
     * keys that are stored, the type of the key has changed, and nothing would ever be found.
     */
    final void newKey(Object key) {
        Class<?> stored = storedKeys;
        storedKeys = null;
        if (stored != null && stored != key.getClass() && site.counts().received == 1) {
            throw site.failed(
                    "got a key of "
                            + key.getClass().getName()
                            + ", but all that is stored of it has keys of "
                            + stored.getName()
                            + ", so that nothing that is stored would be found; restore the old"
                            + " type of the key, or give the step a new name and give up what is"
                            + " stored of the old one by Resume.newest().withDropped(...) or"
                            + " --drop-state");
        }
    }

    /** How far behind the watermark values may be; before anything else. */
    public final void allowLateness(Duration allowed) {
        lateness = Micros.of(allowed);
    }

    /**
     * How far the step had come, before anything flows.
     *
     * @param key of an entry that {@link #barrier} has recorded
     */
    public final void restoreTime(String key, long micros) {
        if (key.startsWith(LATE_BEFORE)) {
            lateBefore = Math.max(lateBefore, micros);
            savedLateBefore = lateBefore;
        } else {
            savedWatermark = Math.max(watermark, micros);
            moveTo(micros);
        }
    }

    private void moveTo(long micros) {
        watermark = Math.max(watermark, micros);
        lateBefore = Math.max(lateBefore, Micros.plus(watermark, -lateness));
    }

    /**
     * Takes note of the stream's watermark; returns whether keys have to be called before it is
     * passed on.
     */
    final boolean advance(long micros) {
        if (micros != Mark.Watermark.IDLE) {
            moveTo(micros);
        }
        if (passing > 0 || isDue()) {
            passing++;
            return true;
        }
        return false;
    }

    /** A watermark for which keys had to be called goes on. */
    final void watermarkPassed() {
        passing--;
    }

    /** The least watermark for which a key waits; it may be that none does any more. */
    abstract long dueMicros();

    final boolean isDue() {
        return dueMicros() <= watermark;
    }

    /** Calls some of the keys that wait for the watermark; returns whether none is left. */
    abstract boolean fireDue();

    /** Ends the activation. */
    abstract void endActivation();

    /** Tells every key that the input has ended, in slices. */
    final Slice endOfInput() {
        Slice keys = keysAtEndOfInput();
        return () -> {
            inputEnded = keys.run();
            return inputEnded;
        };
    }

    abstract Slice keysAtEndOfInput();

    /** Whether nothing is to be called by time. */
    final boolean rests() {
        return inputEnded || site.stage().isSettling();
    }

    /** Ends the epoch: what it touched is saved from now on, by slices or before its next touch. */
    final void barrier(long epoch) {
        if (watermarkChanges != null) {
            recordTime(watermarkChanges);
        }
        keysAtBarrier(epoch);
    }

    private void recordTime(ChangeLog to) {
        String worker = "worker " + site.workerIndex();
        if (watermark > savedWatermark) {
            savedWatermark = watermark;
            to.put(worker, watermark);
        }
        if (lateBefore > savedLateBefore) {
            savedLateBefore = lateBefore;
            to.put(LATE_BEFORE + worker, lateBefore);
        }
    }

    abstract void keysAtBarrier(long epoch);

    /** Saves some of the keys that the last epoch touched; returns whether all are saved. */
    public abstract boolean snapshotSlice();
}
