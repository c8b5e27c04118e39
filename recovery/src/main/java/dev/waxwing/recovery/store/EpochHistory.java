package dev.waxwing.recovery.store;

import dev.waxwing.recovery.RecoveryException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;

/**
 * The rules of epoch numbers: how they grow, when they are done, what a rewind makes of them, and
 * how long they are kept. Knows no storage. Confined to one thread.
 */
public final class EpochHistory {

    /*
     * Numbers are never used twice, so a rewind is a range of numbers that count no more. What is
     * reachable is always one line of epochs, oldest to newest, and never a tree.
     */

    private final String store;

    // written by the confined thread
    private final TreeMap<Long, EpochRecord> kept = new TreeMap<>();
    private final List<Rewind> rewinds = new ArrayList<>();
    private long highest;
    private long decided;
    private long done;

    /**
     * An empty one.
     *
     * @param store how messages call it
     */
    public EpochHistory(String store) {
        this.store = store;
    }

    /** Takes what was stored; rewinds come first. */
    public void load(EpochRecord record) {
        kept.put(record.epoch(), record);
        highest = Math.max(highest, record.epoch());
        findNewest();
    }

    /** Takes what was stored. */
    public void load(Rewind rewind) {
        rewinds.add(rewind);
        highest = Math.max(highest, rewind.highest());
    }

    /** Gives all of it to an empty one. */
    public void copyTo(EpochHistory other) {
        rewinds.forEach(other::load);
        kept.values().forEach(other::load);
        other.highest = highest;
    }

    /** How many rewinds there have been. */
    public int rewinds() {
        return rewinds.size();
    }

    /** The largest epoch ever decided, rewound ones included; 0 if there is none. */
    public long highest() {
        return highest;
    }

    /** The newest decided epoch that was not rewound; 0 if there is none. */
    public long decided() {
        return decided;
    }

    /** The newest epoch that is done and was not rewound; 0 if there is none. */
    public long done() {
        return done;
    }

    /** The epochs that are kept, oldest first. */
    public List<EpochRecord> kept() {
        return List.copyOf(kept.values());
    }

    /**
     * Checks an epoch that is to be decided.
     *
     * @throws IllegalArgumentException if it is not larger than {@link #highest}
     */
    public void checkNext(long epoch) {
        if (epoch <= highest) {
            throw new IllegalArgumentException(
                    "epoch "
                            + epoch
                            + " was to be decided, but "
                            + store
                            + " has used epochs up to "
                            + highest
                            + "; decide "
                            + (highest + 1)
                            + " or a later one");
        }
    }

    /** Adds an epoch that was checked and is durable. */
    public void decide(EpochRecord record) {
        kept.put(record.epoch(), record);
        highest = record.epoch();
        decided = record.epoch();
    }

    /**
     * Checks an epoch that is to be done.
     *
     * @throws IllegalArgumentException if it is not decided
     */
    public void checkDecided(long epoch) {
        if (epoch > decided) {
            throw new IllegalArgumentException(
                    "epoch "
                            + epoch
                            + " cannot be done, as the newest decided epoch of "
                            + store
                            + " is "
                            + decided
                            + "; decide it first");
        }
    }

    /** What {@link #markDone} would change. */
    public List<EpochRecord> undone(long epoch) {
        return kept.headMap(epoch, true).values().stream()
                .filter(record -> record.restorable() && !record.done())
                .toList();
    }

    /** Marks all epochs up to one as done. */
    public void markDone(long epoch) {
        kept.headMap(epoch, true)
                .replaceAll((number, record) -> record.restorable() ? record.asDone() : record);
        findNewest();
    }

    /**
     * Checks an epoch that is to be restored; 0 always can be.
     *
     * @throws RecoveryException if it is not kept, or was rewound; says which ones are
     */
    public void checkRestorable(long epoch) {
        EpochRecord record = kept.get(epoch);
        if (epoch != 0 && (record == null || !record.restorable())) {
            throw new RecoveryException(
                    store
                            + ": epoch "
                            + epoch
                            + " cannot be restored, as it was "
                            + (record == null ? "never decided or is no longer kept" : "rewound")
                            + "; choose one of "
                            + restorable()
                            + ", or keep epochs longer by"
                            + " retention");
        }
    }

    /**
     * The rewind that has to be stored before {@link #rewind}.
     *
     * @throws RecoveryException if the epoch cannot be restored
     */
    public Rewind planRewind(long epoch, Instant now) {
        checkRestorable(epoch);
        return new Rewind(epoch, highest, now);
    }

    /** Takes the later epochs out of the line. */
    public void rewind(Rewind rewind) {
        rewinds.add(rewind);
        kept.tailMap(rewind.target(), false).replaceAll((number, record) -> record.asAbandoned());
        findNewest();
    }

    /** Whether pages of this epoch count no more. */
    public boolean isAbandoned(long epoch) {
        for (Rewind rewind : rewinds) {
            if (rewind.covers(epoch)) {
                return true;
            }
        }
        return false;
    }

    /** Whether pages of this epoch count no more and the time to keep them has passed. */
    public boolean isCollectable(long epoch, Instant now, Duration retention) {
        for (Rewind rewind : rewinds) {
            if (rewind.covers(epoch) && hasPassed(rewind.at(), now, retention)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The oldest epoch that must stay restorable; 0 if none is done. All older ones have been
     * superseded by it for as long as the retention asks. Never falls, even if the clock does.
     */
    public long horizon(Instant now, Duration retention) {
        long horizon = 0;
        for (EpochRecord record : kept.headMap(done, true).values()) {
            boolean isOldEnough = hasPassed(record.decidedAt(), now, retention);
            if (record.restorable() && (isOldEnough || horizon == 0)) {
                horizon = record.epoch();
            }
        }
        return horizon;
    }

    /*
     * Also for a retention that no instant can be so far away, and for none while the wall clock, set back, is
     * before what is stored.
     */
    private static boolean hasPassed(Instant since, Instant now, Duration retention) {
        return retention.isZero() || Duration.between(since, now).compareTo(retention) >= 0;
    }

    /** The kept epochs that need not be kept any longer. */
    public List<EpochRecord> expired(Instant now, Duration retention) {
        long horizon = horizon(now, retention);
        List<EpochRecord> expired = new ArrayList<>();
        for (EpochRecord record : kept.values()) {
            boolean isExpired =
                    record.restorable()
                            ? record.epoch() < horizon
                            : isCollectable(record.epoch(), now, retention);
            if (isExpired) {
                expired.add(record);
            }
        }
        return expired;
    }

    /** Removes epochs that are kept no longer. */
    public void forget(List<EpochRecord> epochs) {
        epochs.forEach(record -> kept.remove(record.epoch()));
    }

    private void findNewest() {
        decided = 0;
        done = 0;
        Iterator<EpochRecord> newestFirst = kept.descendingMap().values().iterator();
        while (newestFirst.hasNext() && done == 0) {
            EpochRecord record = newestFirst.next();
            if (record.restorable()) {
                decided = Math.max(decided, record.epoch());
                done = record.done() ? record.epoch() : 0;
            }
        }
    }

    private List<Long> restorable() {
        return kept.values().stream()
                .filter(EpochRecord::restorable)
                .map(EpochRecord::epoch)
                .toList();
    }

    /**
     * Epochs that count no more.
     *
     * @param target the epoch gone back to
     * @param highest the last epoch that no longer counts
     * @param at when
     */
    public record Rewind(long target, long highest, Instant at) {

        boolean covers(long epoch) {
            return epoch > target && epoch <= highest;
        }
    }
}
