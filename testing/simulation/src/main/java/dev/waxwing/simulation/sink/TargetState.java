package dev.waxwing.simulation.sink;

import dev.waxwing.recovery.memory.MemoryDisk;
import dev.waxwing.step.DeliveryException;
import org.jspecify.annotations.Nullable;

/** Faults of what a target holds: markers that go back, and a second store that claims them. */
final class TargetState {

    private static final int STARTS = 4;

    private final Trial<?> trial;
    private final SinkSubject<?> subject;
    private SinkSubject.@Nullable Backup backup;
    private @Nullable MemoryDisk atStart;
    private long laterEpoch;
    private boolean restoring;
    private boolean haltExpected;
    private boolean halted;

    TargetState(Trial<?> trial, SinkSubject<?> subject) {
        this.trial = trial;
        this.subject = subject;
    }

    /** Whether the next start must stop for a person. */
    boolean isHaltExpected() {
        return haltExpected;
    }

    /** It has. */
    void halted() {
        haltExpected = false;
        halted = true;
    }

    /** Whether the run has ended by what a person has to choose. */
    boolean isHalted() {
        return halted;
    }

    /** An execution is about to begin. */
    void beforeStart(MemoryDisk disk) throws Exception {
        atStart = disk.copy();
        if (restoring && backup != null) {
            restoring = false;
            haltExpected = true;
            backup.restore();
        }
    }

    /** A commit is about to be made. */
    void beforeCommit(Life life) throws Exception {
        MemoryDisk copy = atStart;
        if (trial.script().ofTarget() != TargetFault.STORE_COPIED || copy == null) {
            return;
        }
        trial.script().play();
        checkKeptOut(copy.copy(), "an older copy of the store");
        if (trial.seed() % 2 == 0) {
            adopt(copy.copy(), life);
        } else {
            checkKeptOut(trial.goOnWithCopy(life).copy(), "a store, whose copy has gone on,");
        }
    }

    /* However often it is started: each start uses up a generation. */
    private void checkKeptOut(MemoryDisk disk, String store) {
        for (int start = 1; start <= STARTS; start++) {
            Throwable refused = trial.startOnCopy(disk, false);
            if (!(refused instanceof DeliveryException)) {
                trial.verdict()
                        .broken(
                                Oracle.HALTS,
                                "start "
                                        + start
                                        + " of an execution on "
                                        + store
                                        + " was not refused, though the marker belongs to one of"
                                        + " which that store knows nothing: "
                                        + refused);
            }
        }
    }

    private void adopt(MemoryDisk copy, Life life) {
        Throwable refused = trial.startOnCopy(copy, true);
        if (refused != null) {
            trial.verdict()
                    .broken(
                            Oracle.HALTS,
                            "an execution on a copy of the store was told to adopt the target, but"
                                    + " fails: "
                                    + refused);
        }
        life.supersede();
        halted = true;
    }

    /** An epoch is committed. */
    void afterCommit(long epoch) throws Exception {
        if (trial.script().ofTarget() == TargetFault.MARKER_RESTORED) {
            if (backup == null) {
                backup = subject.backUp();
            } else if (laterEpoch == 0) {
                laterEpoch = epoch;
            }
        }
    }

    /** What was committed since the backup is done, as far as the store knows: it is lost now. */
    void afterStep(Life life) {
        if (laterEpoch > 0
                && trial.journal().done() >= laterEpoch
                && trial.script().ofTarget() == TargetFault.MARKER_RESTORED
                && life.crash() == null) {
            trial.script().play();
            restoring = true;
            life.kill();
        }
        if (haltExpected) {
            trial.verdict()
                    .broken(
                            Oracle.HALTS,
                            "the target was restored from a backup and has forgotten epoch "
                                    + laterEpoch
                                    + ", which is done; the next execution began all the same");
        }
    }
}
