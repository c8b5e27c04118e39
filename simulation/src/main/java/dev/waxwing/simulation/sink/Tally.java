package dev.waxwing.simulation.sink;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
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
    private final Set<Pair> pairs = new HashSet<>();
    private final List<String> failures = new ArrayList<>();
    private int runs;
    private int singles;
    private int faultsWithCrash;

    Tally(Suite<?> suite) {
        this.suite = suite;
    }

    private record Pair(CrashPoint first, CrashPoint second) {}

    int runs() {
        return runs;
    }

    void run() {
        runs++;
    }

    void singles(int count) {
        singles += count;
    }

    void reached(CrashPoint point) {
        points.merge(point, 1, Integer::sum);
    }

    void pair(CrashPoint first, CrashPoint second) {
        pairs.add(new Pair(first, second));
    }

    void fault(TargetFault fault) {
        faults.merge(fault, 1, Integer::sum);
    }

    void faultWithCrash() {
        faultsWithCrash++;
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
            String why = fault.whyNot(suite.contract());
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
                runs,
                singles,
                pairs.size(),
                faultsWithCrash,
                points,
                faults,
                notApplicable,
                unreached,
                failures);
    }
}
