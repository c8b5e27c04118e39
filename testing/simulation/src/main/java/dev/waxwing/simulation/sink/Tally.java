package dev.waxwing.simulation.sink;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts what a suite does. */
final class Tally {

    private final Suite<?> suite;
    private final Map<CrashPoint, Integer> points = new EnumMap<>(CrashPoint.class);
    private final Map<TargetFault, Integer> faults = new EnumMap<>(TargetFault.class);
    private final Pairs pairs = new Pairs();
    private final Pairs faultsWithCrash = new Pairs();
    private final List<String> failures = new ArrayList<>();
    private int runs;
    private int seeds;
    private int singles;

    Tally(Suite<?> suite) {
        this.suite = suite;
    }

    int runs() {
        return runs;
    }

    void run() {
        runs++;
    }

    void seed() {
        seeds++;
    }

    void singles(int count) {
        singles += count;
    }

    void reached(CrashPoint point) {
        points.merge(point, 1, Integer::sum);
    }

    /** Pairs of crashes. */
    Pairs pairs() {
        return pairs;
    }

    /** Pairs of a crash and a fault. */
    Pairs faultsWithCrash() {
        return faultsWithCrash;
    }

    void fault(TargetFault fault) {
        faults.merge(fault, 1, Integer::sum);
    }

    void failed(SinkFailedError error) {
        failures.add(error.oracle() + " " + error.scenario());
    }

    SinkReport report() {
        Map<String, String> notApplicable = new TreeMap<>();
        for (CrashPoint point : CrashPoint.values()) {
            String why = point.whyNot(suite.contract());
            if (why != null) {
                notApplicable.put(point.name(), why);
            }
        }
        for (TargetFault fault : TargetFault.values()) {
            String why = fault.whyNot(suite);
            if (why != null) {
                notApplicable.put(fault.name(), why);
            } else if (fault == TargetFault.MARKER_RESTORED && !suite.hasBackups()) {
                notApplicable.put(fault.name(), "the subject of the test cannot be backed up");
            }
        }
        Set<String> unreached = new TreeSet<>();
        for (CrashPoint point : EnumSet.allOf(CrashPoint.class)) {
            if (!points.containsKey(point) && !notApplicable.containsKey(point.name())) {
                unreached.add(point.name());
            }
        }
        return new SinkReport(
                suite.name(),
                suite.contract(),
                new SinkReport.Counts(
                        runs, seeds, singles, pairs.counted(), faultsWithCrash.counted()),
                new SinkReport.Reached(points, faults, notApplicable, unreached),
                failures);
    }
}
