package dev.waxwing.engine.resume;

import dev.waxwing.engine.compile.RestoredState;
import dev.waxwing.engine.compile.RunSetup;
import dev.waxwing.engine.compile.Shape;
import dev.waxwing.engine.compile.StateIds;
import dev.waxwing.engine.epoch.EpochStore;
import dev.waxwing.plan.Plan;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.recovery.StateMigration;
import dev.waxwing.recovery.page.StatePage;
import dev.waxwing.recovery.store.EpochRecord;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.run.check.StepChecks;
import dev.waxwing.sink.EpochSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that is settled before anything flows.
 *
 * @param setup what the workers are made from
 * @param store where the coordinator decides epochs
 * @param resumeEpoch the epoch whose end is restored, 0 for a fresh start
 * @param doneEpoch the newest done epoch
 */
public record Preparation(RunSetup setup, EpochStore store, long resumeEpoch, long doneEpoch) {

    /**
     * What an execution starts from.
     *
     * @param replayFrom a kept epoch to go back to, or 0 for the newest
     * @param changedParts whether partitions may be missing or listed differently than before
     * @param adopts whether the targets of sinks are taken over as they are
     * @param dropped steps of which is given up what is stored and cannot be taken
     */
    public record Start(
            long replayFrom, boolean changedParts, boolean adopts, Set<String> dropped) {

        /** The newest epoch, with everything as it was. */
        public static Start newest() {
            return new Start(0, false, false, Set.of());
        }
    }

    /**
     * A fresh start; nothing is kept.
     *
     * @param lastEpoch the last one before a restart, else 0
     */
    public static Preparation withoutRecovery(Plan plan, Shape shape, long lastEpoch) {
        for (CoreStep step : plan.coreSteps()) {
            if (step.sink() instanceof EpochSink<?>) {
                throw new StepChecks(step).needsRecovery();
            }
        }
        return new Preparation(
                new RunSetup(
                        plan,
                        shape,
                        lastEpoch,
                        Parts.list(plan, shape.openings()).byStep(),
                        Map.of(),
                        null),
                EpochStore.NONE,
                0,
                0);
    }

    /**
     * A start from what the store has. If it is refused, it leaves targets and store as they were.
     *
     * @param classes that may be stored where no type is declared
     * @param migrations by id of a step, for what cannot be read as today's type
     */
    public static Preparation resuming(
            Plan plan,
            Shape shape,
            RecoveryStore store,
            CodecRegistry classes,
            Map<String, StateMigration> migrations,
            Start start) {
        Claimed claimed = new Claimed(store);
        try {
            Parts parts = Parts.list(plan, shape.openings());
            long epoch = start.replayFrom > 0 ? start.replayFrom : store.decidedEpoch();
            Encodings encodings = new Encodings(plan, store, classes);
            Fence fence = new Fence(store, start.adopts);
            Restorer restorer =
                    new Restorer(
                            plan,
                            encodings,
                            fence,
                            new Undelivered(store)::check,
                            migrations,
                            new Drops(start.dropped));
            Map<String, String> notes = notes(store, epoch);
            RestoredState state = restorer.read(pages(store, epoch), notes);
            List<StatePage> first = new ArrayList<>(restorer.updates());
            first.addAll(parts.check(state, notes, restorer.dropped(), start.changedParts));
            Claims claims = new Claims(parts, fence, state, encodings, claimed);
            claims.claimAll();
            if (start.replayFrom > 0) {
                /* Before anything is removed that belongs to the later epochs: they may still be wanted until here. */
                claimed.keep();
                store.rewindTo(start.replayFrom);
            }
            claims.abortBeyond(epoch);
            /* Of a sink that is gone, rejected items may still be to become dead letters. */
            if (restorer.orphans().stream().noneMatch(StateIds::isDeliveries)) {
                claims.sweep();
            }
            first.addAll(claims.adopted());
            EpochNotes each =
                    new EpochNotes(
                            parts.notes(state), new SettingNotes(plan), state.runningMillis());
            return new Preparation(
                    new RunSetup(
                            plan,
                            shape,
                            claims.highestEpoch(),
                            parts.byStep(),
                            claims.byStep(),
                            state),
                    EpochStore.of(store, each, first),
                    epoch,
                    store.doneEpoch());
        } catch (Throwable thrown) {
            claimed.giveBack(thrown);
            throw thrown;
        }
    }

    private static List<StatePage> pages(RecoveryStore store, long epoch) {
        List<StatePage> pages = new ArrayList<>();
        if (epoch > 0) {
            store.restore(epoch, pages::add);
        }
        return pages;
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
