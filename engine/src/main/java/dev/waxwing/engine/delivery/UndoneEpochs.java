package dev.waxwing.engine.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Epochs that are decided and not done, with how much of each is not committed. */
final class UndoneEpochs {

    private final TreeMap<Long, Epoch> epochs = new TreeMap<>();

    boolean isEmpty() {
        return epochs.isEmpty();
    }

    int size() {
        return epochs.size();
    }

    long first() {
        return epochs.firstKey();
    }

    /** An epoch is decided, of which nothing may have to be committed. */
    void add(long epoch) {
        epochs.computeIfAbsent(epoch, number -> new Epoch());
    }

    /** An epoch has one more work to commit. */
    void addWork(long epoch) {
        epochs.computeIfAbsent(epoch, number -> new Epoch()).uncommitted++;
    }

    void committed(Committed work) {
        Epoch epoch = epochs.get(work.epoch());
        if (epoch == null) {
            throw new IllegalStateException("epoch " + work.epoch() + " is done or not decided");
        }
        epoch.uncommitted--;
        epoch.committed.add(work);
    }

    /**
     * Takes the epochs of which all is committed, the oldest first.
     *
     * @param works takes their works
     * @return the newest, or 0
     */
    long takeDone(List<Committed> works) {
        long done = 0;
        while (!epochs.isEmpty() && epochs.firstEntry().getValue().uncommitted == 0) {
            Map.Entry<Long, Epoch> oldest = epochs.pollFirstEntry();
            done = oldest.getKey();
            works.addAll(oldest.getValue().committed);
        }
        return done;
    }

    private static final class Epoch {

        private final List<Committed> committed = new ArrayList<>();
        private int uncommitted;
    }
}
