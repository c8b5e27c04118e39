package dev.waxwing.simulation.sink;

import java.util.Locale;

/** Something that a script does, counted from when its last cue was played. */
sealed interface Cue {

    /** The how-manieth time, from 1. */
    int occurrence();

    /** An execution crashes. */
    record Crash(CrashPoint point, int occurrence, CrashKind kind) implements Cue {
        @Override
        public String toString() {
            return point + "#" + occurrence + (kind == CrashKind.POWER_LOST ? "/POWER_LOST" : "");
        }
    }

    /** A target makes trouble, from a call on. */
    record Fault(TargetFault fault, int occurrence) implements Cue {
        @Override
        public String toString() {
            return fault + "#" + occurrence;
        }
    }

    /** Reads what {@code toString} wrote. */
    static Cue parse(String text) {
        String[] parts = text.toUpperCase(Locale.ROOT).split("[#/]", -1);
        if (parts.length < 2) {
            throw new IllegalArgumentException(
                    "'"
                            + text
                            + "' is no cue; expected such as DECIDED_BEFORE_COMMIT#2 or RESET#3");
        }
        int occurrence = Integer.parseInt(parts[1]);
        for (TargetFault fault : TargetFault.values()) {
            if (fault.name().equals(parts[0])) {
                return new Fault(fault, occurrence);
            }
        }
        CrashKind kind = parts.length == 3 ? CrashKind.POWER_LOST : CrashKind.PROCESS_KILLED;
        return new Crash(CrashPoint.valueOf(parts[0]), occurrence, kind);
    }
}
