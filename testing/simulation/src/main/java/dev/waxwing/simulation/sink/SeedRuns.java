package dev.waxwing.simulation.sink;

import dev.waxwing.simulation.Chance;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** All runs on the input and the schedule of one seed. */
final class SeedRuns<X> {

    /*
     * A run without crashes counts what there is to crash at. A run with one counts what comes after it, which makes the
     * pairs. Points of a recovery have a crash before them that leads there.
     */

    private final Suite<X> suite;
    private final Scenario undisturbed;
    private final Tally tally;
    private final Chance chance;
    private final Effort effort;
    private Suite<X> probed;

    SeedRuns(Suite<X> suite, long seed, Effort effort, Tally tally) {
        this.suite = suite;
        this.probed = suite;
        this.undisturbed = Scenario.undisturbed(seed);
        this.tally = tally;
        this.chance = new Chance(seed);
        this.effort = effort;
    }

    /** A scenario with one crash, and what comes after it. */
    private record Crashed(CrashPoint point, Scenario scenario, Script.Counts after) {}

    void run() {
        Trial.Result dry = run(undisturbed);
        probed = suite.withOwnPoints(dry.ownPoints());
        List<Crashed> singles = new ArrayList<>();
        for (CrashPoint point : CrashPoint.values()) {
            if (point.whyNot(suite.contract()) != null) {
                continue;
            }
            crashes(
                    point,
                    point.isOfRecovery()
                            ? leadingTo(point, dry.last())
                            : new Crashed(point, undisturbed, dry.last()),
                    singles);
        }
        tally.singles(singles.size());
        for (Crashed first : singles) {
            seconds(first);
        }
        faults(dry.last(), singles);
    }

    /** What there is to sweep was never decided, what there is to commit again was. */
    private Crashed leadingTo(CrashPoint point, Script.Counts counts) {
        CrashPoint leading =
                point == CrashPoint.WHILE_SWEEPING
                        ? CrashPoint.BEFORE_DECIDED
                        : CrashPoint.DECIDED_BEFORE_COMMIT;
        int count = Math.max(1, counts.of(leading));
        Scenario scenario =
                undisturbed.then(new Cue.Crash(leading, count / 2 + 1, CrashKind.PROCESS_KILLED));
        return new Crashed(leading, scenario, run(scenario).last());
    }

    /** Crashes at some of the times at which a point is reached, with either kind of crash. */
    private void crashes(CrashPoint point, Crashed base, List<Crashed> singles) {
        for (int occurrence : spread(base.after().of(point))) {
            for (CrashKind kind : kinds(point)) {
                Scenario scenario = base.scenario().then(new Cue.Crash(point, occurrence, kind));
                Trial.Result result = run(scenario);
                if (result.isPlayed()) {
                    tally.reached(point);
                    singles.add(new Crashed(point, scenario, result.last()));
                }
            }
        }
    }

    private static List<CrashKind> kinds(CrashPoint point) {
        if (point.isPowerLoss()) {
            return List.of(CrashKind.POWER_LOST);
        }
        return point == CrashPoint.OLD_WRITER_WAKES
                ? List.of(CrashKind.PROCESS_KILLED)
                : List.of(CrashKind.values());
    }

    /** Each point once after a crash. */
    private void seconds(Crashed first) {
        for (CrashPoint second : CrashPoint.values()) {
            int count = first.after().of(second);
            if (count > 0
                    && second.whyNot(suite.contract()) == null
                    && isChosen(tally.pairs(), first.point(), second)) {
                CrashKind kind =
                        second.isPowerLoss()
                                ? CrashKind.POWER_LOST
                                : chance.oneOf(CrashKind.values());
                Cue crash = new Cue.Crash(second, chance.between(1, count), kind);
                if (run(first.scenario().then(crash)).isPlayed()) {
                    tally.pairs().happened(first.point(), second);
                }
            }
        }
    }

    private void faults(Script.Counts counts, List<Crashed> singles) {
        for (TargetFault fault : TargetFault.values()) {
            if (fault.whyNot(suite) != null
                    || (fault == TargetFault.MARKER_RESTORED && !suite.hasBackups())) {
                continue;
            }
            for (int call : spread(counts.calls())) {
                Scenario scenario = undisturbed.then(new Cue.Fault(fault, call));
                Trial.Result result = run(scenario);
                if (result.isPlayed()) {
                    tally.fault(fault);
                }
                if (fault.isOfCalls() && result.isPlayed()) {
                    withCrashBehind(fault, scenario, result.last());
                }
            }
            if (fault.isOfCalls()) {
                for (Crashed first : singles) {
                    withFaultBehind(first, fault);
                }
            }
        }
    }

    private void withCrashBehind(TargetFault fault, Scenario faulty, Script.Counts after) {
        for (CrashPoint point : CrashPoint.values()) {
            int count = after.of(point);
            if (count > 0
                    && point.whyNot(suite.contract()) == null
                    && isChosen(tally.faultsWithCrash(), fault, point)) {
                CrashKind kind =
                        point.isPowerLoss() ? CrashKind.POWER_LOST : CrashKind.PROCESS_KILLED;
                Cue crash = new Cue.Crash(point, chance.between(1, count), kind);
                if (run(faulty.then(crash)).isPlayed()) {
                    tally.faultsWithCrash().happened(fault, point);
                }
            }
        }
    }

    private void withFaultBehind(Crashed first, TargetFault fault) {
        int calls = first.after().calls();
        if (calls > 0 && isChosen(tally.faultsWithCrash(), first.point(), fault)) {
            Cue late = new Cue.Fault(fault, chance.between(1, calls));
            if (run(first.scenario().then(late)).isPlayed()) {
                tally.faultsWithCrash().happened(first.point(), fault);
            }
        }
    }

    private boolean isChosen(Pairs pairs, Enum<?> first, Enum<?> second) {
        return chance.oneIn(pairs.canBe(first, second) ? effort.oneIn() : effort.oneInNew());
    }

    /** The first, the last and some in between. */
    private Set<Integer> spread(int count) {
        Set<Integer> chosen = new TreeSet<>();
        int wanted = Math.min(count, effort.occurrences());
        for (int i = 0; i < wanted; i++) {
            chosen.add(wanted == 1 ? count / 2 + 1 : 1 + i * (count - 1) / (wanted - 1));
        }
        return chosen;
    }

    private Trial.Result run(Scenario scenario) {
        tally.run();
        return Trial.run(probed, scenario);
    }
}
