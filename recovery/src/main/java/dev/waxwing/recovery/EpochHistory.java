package dev.waxwing.recovery;

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
final class EpochHistory {

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
     * @param store how messages call it
     */
    EpochHistory(String store) {
        this.store = store;
    }

    /** Takes what was stored; rewinds come first. */
    void load(EpochRecord record) {
        kept.put(record.epoch(), record);
        highest = Math.max(highest, record.epoch());
        findNewest();
    }

    /** Takes what was stored. */
    void load(Rewind rewind) {
        rewinds.add(rewind);
        highest = Math.max(highest, rewind.highest());
    }

    void copyTo(EpochHistory other) {
        rewinds.forEach(other::load);
        kept.values().forEach(other::load);
        other.highest = highest;
    }

    /** How many there have been. */
    int rewinds() {
        return rewinds.size();
    }

    long highest() {
        return highest;
    }

    long decided() {
        return decided;
    }

    long done() {
        return done;
    }

    List<EpochRecord> kept() {
        return List.copyOf(kept.values());
    }

    void checkNext(long epoch) {
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

    void decide(EpochRecord record) {
        kept.put(record.epoch(), record);
        highest = record.epoch();
        decided = record.epoch();
    }

    void checkDecided(long epoch) {
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
    List<EpochRecord> undone(long epoch) {
        return kept.headMap(epoch, true).values().stream()
                .filter(record -> record.restorable() && !record.done())
                .toList();
    }

    void markDone(long epoch) {
        kept.headMap(epoch, true)
                .replaceAll((number, record) -> record.restorable() ? record.asDone() : record);
        findNewest();
    }

    void checkRestorable(long epoch) {
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

    /** What {@link #rewind} would have to store. */
    Rewind planRewind(long epoch, Instant now) {
        checkRestorable(epoch);
        return new Rewind(epoch, highest, now);
    }

    void rewind(Rewind rewind) {
        rewinds.add(rewind);
        kept.tailMap(rewind.target(), false).replaceAll((number, record) -> record.asAbandoned());
        findNewest();
    }

    /** Whether pages of this epoch count no more. */
    boolean isAbandoned(long epoch) {
        for (Rewind rewind : rewinds) {
            if (rewind.covers(epoch)) {
                return true;
            }
        }
        return false;
    }

    /** Whether pages of this epoch count no more and the time to keep them has passed. */
    boolean isCollectable(long epoch, Instant now, Duration retention) {
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
    long horizon(Instant now, Duration retention) {
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
    List<EpochRecord> expired(Instant now, Duration retention) {
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

    void forget(List<EpochRecord> epochs) {
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
    record Rewind(long target, long highest, Instant at) {

        boolean covers(long epoch) {
            return epoch > target && epoch <= highest;
        }
    }
}
