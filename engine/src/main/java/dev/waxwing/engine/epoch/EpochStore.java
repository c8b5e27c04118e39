package dev.waxwing.engine.epoch;

import dev.waxwing.recovery.page.StatePage;
import dev.waxwing.recovery.store.EpochSnapshot;
import dev.waxwing.recovery.store.RecoveryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where the coordinator decides epochs: a recovery store, or nowhere. */
public interface EpochStore {

    /** Recovery is off: an epoch is decided when all workers have dealt with it. */
    EpochStore NONE =
            new EpochStore() {
                @Override
                public void decide(long epoch, List<StatePage> pages, long ranMillis) {}

                @Override
                public void done(long epoch) {}
            };

    /**
     * Makes an epoch and its changes durable.
     *
     * @param ranMillis how long the execution has been running
     */
    void decide(long epoch, List<StatePage> pages, long ranMillis);

    void done(long epoch);

    /** As {@link RecoveryStore#abandon}. */
    default void abandon() {}

    /**
     * Checks that what was stored is still there.
     *
     * @return whether there is anything that could be missing
     */
    default boolean check() {
        return false;
    }

    /** Does a bounded part of the housekeeping; returns whether more is left to do now. */
    default boolean collect() {
        return false;
    }

    /**
     * A recovery store.
     *
     * @param notes kept with an epoch
     * @param firstPages go into the first epoch that is decided, before its own
     */
    static EpochStore of(RecoveryStore store, Notes notes, List<StatePage> firstPages) {
        return new EpochStore() {

            private List<StatePage> first = firstPages;

            @Override
            public void decide(long epoch, List<StatePage> pages, long ranMillis) {
                List<StatePage> all = new ArrayList<>(first);
                all.addAll(pages);
                store.decide(new EpochSnapshot(epoch, all, notes.of(all, ranMillis)));
                first = List.of();
            }

            @Override
            public void done(long epoch) {
                store.done(epoch);
            }

            @Override
            public void abandon() {
                store.abandon();
            }

            @Override
            public boolean check() {
                store.checkIntact();
                return true;
            }

            @Override
            public boolean collect() {
                return store.collect();
            }
        };
    }

    /** The notes of an epoch, kept beside its pages. */
    interface Notes {

        /**
         * The notes of an epoch that writes some pages.
         *
         * @param ranMillis how long the execution has been running
         */
        Map<String, String> of(List<StatePage> pages, long ranMillis);
    }
}
