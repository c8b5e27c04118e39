package dev.waxwing.simulation.sink;

import dev.waxwing.sink.FencedException;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Outcome;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.SinkContract;
import dev.waxwing.testing.TargetFaults;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls of one execution to the sink: faults are made, points counted, replies lost. */
final class TargetCalls<X> {

    private static final Duration RETRY = Duration.ofMillis(10);

    private final Trial<X> trial;
    private final Life life;
    private final SinkSubject<X> subject;

    TargetCalls(Trial<X> trial, Life life, SinkSubject<X> subject) {
        this.trial = trial;
        this.life = life;
        this.subject = subject;
    }

    /** A call to the sink that returns something. */
    @FunctionalInterface
    interface Call<R> {
        R run() throws Exception;
    }

    /** A call to the sink that returns nothing. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    Life life() {
        return life;
    }

    Journal journal() {
        return trial.journal();
    }

    /** The execution is about to claim a partition; whether it does may never be known. */
    void claims(Owner owner) {
        trial.claims(owner.partition(), life);
    }

    /** The execution has claimed a partition. */
    void claimed(Owner owner, @Nullable Marker found) {
        try {
            owner.takeOver(found);
        } catch (FencedException e) {
            trial.verdict()
                    .broken(
                            Oracle.HALTS,
                            "the sink has claimed partition '"
                                    + owner.partition()
                                    + "', though Owner.takeOver refuses: "
                                    + e.getMessage());
        }
        trial.claimed(owner.partition(), life);
        trial.journal().claimed(owner.partition(), found == null ? 0 : found.epoch());
    }

    Positions positions() {
        return trial.positions();
    }

    List<X> batch(List<SinkItem> items) {
        return new Batch<>(items, subject, life);
    }

    /** Faults for the inside of the target. */
    TargetFaults inside() {
        return this::at;
    }

    /** A call that talks to the target. */
    <R> R call(Call<R> call) throws Exception {
        life.asks();
        trial.script().onCall();
        TargetFault before = trial.script().fault();
        boolean fromOutside = trial.suite().ownPoints().isEmpty();
        if (before != null && fromOutside && before != TargetFault.TIMEOUT_WITH_SUCCESS) {
            throw failure(before);
        }
        R result = call.run();
        life.checkAlive();
        if (before == TargetFault.TIMEOUT_WITH_SUCCESS && fromOutside) {
            throw failure(before);
        }
        return result;
    }

    /** The same for a call that returns nothing. */
    void act(Action action) throws Exception {
        call(
                () -> {
                    action.run();
                    return true;
                });
    }

    /** Items are written before their epoch is decided. */
    void write(List<SinkItem> items, Action whole, Action half) throws Exception {
        life.asks();
        stages();
        trial.journal().staged(items);
        if (items.size() > 1) {
            life.mayStopHalfway(half);
        }
        act(whole);
        life.reached(CrashPoint.AFTER_WRITE_BEFORE_FLUSH);
    }

    /** Something is staged: by an old writer, it stays until the next start. */
    void stages() {
        if (life.isSuperseded()) {
            trial.stagedByOldWriter();
        }
    }

    /** A call that commits. */
    Outcome commit(Entry entry, Call<Outcome> commit) throws Exception {
        life.asks();
        life.reached(CrashPoint.IN_COMMIT_BEFORE_TRANSACTION);
        life.mayLoseReply(CrashPoint.REPLY_LOST_NOT_COMMITTED);
        trial.target().beforeCommit(life);
        if (trial.script().at(CrashPoint.OLD_WRITER_WAKES) != null) {
            return trial.takeOver(() -> fenced(entry, commit));
        }
        return fenced(entry, commit);
    }

    /** The reply to a commit is on its way. */
    void replies(Entry entry) throws Exception {
        trial.target().afterCommit(entry.epoch);
        life.mayLoseReply(CrashPoint.REPLY_LOST_COMMITTED);
        life.mayBeLate();
        life.reachedAfterStep(
                entry.epoch <= life.decidedBefore()
                        ? CrashPoint.AFTER_RECOMMIT_OF_ONE
                        : CrashPoint.AFTER_COMMIT_OF_ONE);
    }

    private Outcome fenced(Entry entry, Call<Outcome> commit) throws Exception {
        boolean isFenced = trial.isClaimedAfter(entry.part, life) && trial.suite().hasMarkers();
        Outcome outcome;
        try {
            outcome = outcome(commit);
        } catch (FencedException e) {
            if (!trial.isAskedForAfter(entry.part, life)) {
                trial.verdict()
                        .broken(
                                Oracle.FENCED,
                                "an execution may not commit "
                                        + entry
                                        + ", though no newer one has claimed it: "
                                        + e.getMessage());
            }
            throw e;
        }
        if (isFenced && !(outcome instanceof Outcome.Retry)) {
            trial.verdict()
                    .broken(
                            Oracle.FENCED,
                            "an execution has committed "
                                    + entry
                                    + ", though another had claimed the partition before");
        }
        return outcome;
    }

    private Outcome outcome(Call<Outcome> commit) throws Exception {
        boolean answers = trial.suite().contract() != SinkContract.TRANSACTIONAL;
        if (answers
                && trial.suite().ownPoints().isEmpty()
                && trial.script().fault() == TargetFault.TOO_MANY_REQUESTS) {
            trial.script().failed();
            return Outcome.retry(RETRY);
        }
        return call(commit);
    }

    /* Inside of the target, where the sink itself has to deal with it. */
    private void at(String point) throws Exception {
        life.checkAlive();
        trial.ownPoint(point);
        String call = point.substring(0, Math.max(0, point.indexOf('.')));
        String where = point.substring(point.indexOf('.') + 1);
        if (where.equals("middle")) {
            trial.watch();
            if (call.equals("apply")) {
                life.reached(CrashPoint.ROWS_SENT_MARKER_NOT);
            } else if (call.equals("claim")) {
                trial.arrivesLate();
            } else {
                life.reached(CrashPoint.AFTER_PARTIAL_SUCCESS);
            }
        }
        TargetFault fault = trial.script().fault();
        if (fault != null && where.equals(placeOf(fault, call))) {
            throw failure(fault);
        }
    }

    private String placeOf(TargetFault fault, String call) {
        if (fault == TargetFault.TIMEOUT_WITH_SUCCESS) {
            return "after";
        }
        boolean tears = fault == TargetFault.RESET || fault == TargetFault.DISK_FULL;
        return tears && trial.suite().ownPoints().contains(call + ".middle") ? "middle" : "before";
    }

    private IOException failure(TargetFault fault) {
        trial.script().failed();
        life.disturbed();
        return fault.failure();
    }
}
