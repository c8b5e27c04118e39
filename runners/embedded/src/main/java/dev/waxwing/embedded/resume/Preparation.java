package dev.waxwing.embedded.resume;

import dev.waxwing.embedded.compile.RestoredState;
import dev.waxwing.embedded.compile.RunSetup;
import dev.waxwing.embedded.epoch.EpochStore;
import dev.waxwing.plan.Plan;
import dev.waxwing.recovery.EpochRecord;
import dev.waxwing.recovery.RecoveryStore;
import dev.waxwing.recovery.StatePage;
import dev.waxwing.recovery.codec.CodecRegistry;
import dev.waxwing.recovery.codec.StateMigration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is settled before anything flows.
 *
 * @param setup what the workers are made from
 * @param store where the coordinator decides epochs
 * @param resumeEpoch the epoch whose end is restored, 0 for a fresh start
 */
public record Preparation(RunSetup setup, EpochStore store, long resumeEpoch) {

    private static final System.Logger LOG = System.getLogger(Preparation.class.getName());

    /**
     * How an execution is to run.
     *
     * @param workers 1 or more
     * @param epochPerBatch whether an epoch ends after every batch
     * @param ringBatches how many batches the ring of an edge holds, 2 or more
     * @param batchItems how many items a batch holds, 1 or more
     * @param copyClasses whether chains get classes of their own
     */
    public record Shape(
            int workers,
            boolean epochPerBatch,
            int ringBatches,
            int batchItems,
            boolean copyClasses) {}

    /**
     * A fresh start; nothing is kept.
     *
     * @param lastEpoch the last one before a restart, else 0
     */
    public static Preparation withoutRecovery(Plan plan, Shape shape, long lastEpoch) {
        return new Preparation(
                setup(plan, shape, Parts.list(plan), lastEpoch, null), EpochStore.NONE, 0);
    }

    /** As below, without migrations. */
    public static Preparation resuming(
            Plan plan,
            Shape shape,
            RecoveryStore store,
            CodecRegistry classes,
            long replayFrom,
            boolean changedParts) {
        return resuming(plan, shape, store, classes, Map.of(), replayFrom, changedParts);
    }

    /**
     * A start from what the store has.
     *
     * @param classes that may be stored where no type is declared
     * @param migrations by id of a step, for what cannot be read as today's type
     * @param replayFrom a kept epoch to go back to, or 0 for the newest
     * @param changedParts whether partitions may be missing or listed differently than before
     */
    public static Preparation resuming(
            Plan plan,
            Shape shape,
            RecoveryStore store,
            CodecRegistry classes,
            Map<String, StateMigration> migrations,
            long replayFrom,
            boolean changedParts) {
        Parts parts = Parts.list(plan);
        long epoch = replayFrom > 0 ? replayFrom : store.decidedEpoch();
        Restorer restorer =
                new Restorer(
                        plan, store, new StoreSetup(plan, store, classes).encodings(), migrations);
        RestoredState state = restorer.read(epoch);
        warnOfOrphans(plan, restorer);
        List<StatePage> first = new ArrayList<>(restorer.updates());
        first.addAll(parts.check(state, notes(store, epoch), changedParts));
        if (replayFrom > 0) {
            /* Only now, for a start that is refused must leave the newer epochs as they were. */
            store.rewindTo(replayFrom);
        }
        return new Preparation(
                setup(plan, shape, parts, store.highestEpoch(), state),
                EpochStore.of(store, parts.notes(), first),
                epoch);
    }

    private static RunSetup setup(
            Plan plan, Shape shape, Parts parts, long lastEpoch, @Nullable RestoredState state) {
        return new RunSetup(
                plan,
                shape.workers,
                lastEpoch,
                parts.byStep(),
                state,
                shape.epochPerBatch,
                shape.ringBatches,
                shape.batchItems,
                shape.copyClasses);
    }

    private static void warnOfOrphans(Plan plan, Restorer restorer) {
        restorer.orphans()
                .forEach(
                        orphan ->
                                LOG.log(
                                        System.Logger.Level.WARNING,
                                        "recovery store of '"
                                                + plan.dataflowName()
                                                + "' has "
                                                + orphan.asText()
                                                + ", which the dataflow does not have; it is kept,"
                                                + " say formerly(...) if the step was renamed"));
    }

    private static Map<String, String> notes(RecoveryStore store, long epoch) {
        for (EpochRecord record : store.epochs()) {
            if (record.epoch() == epoch) {
                return record.notes();
            }
        }
        return Map.of();
    }
}
