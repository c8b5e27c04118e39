package dev.waxwing.simulation.sink;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plays the cues of a scenario one after the other, and counts what could have been one. */
final class Script {

    private final List<Cue> cues;
    private final List<Counts> acts = new ArrayList<>();
    private int next;
    private @Nullable TargetFault fault;
    private int faultsLeft;

    Script(List<Cue> cues) {
        this.cues = cues;
        acts.add(new Counts());
    }

    /** What was come across between two cues. */
    static final class Counts {

        private final Map<CrashPoint, Integer> points = new EnumMap<>(CrashPoint.class);
        private int calls;

        /** How often a point was reached. */
        int of(CrashPoint point) {
            return points.getOrDefault(point, 0);
        }

        /** How many calls there were to the target. */
        int calls() {
            return calls;
        }
    }

    /** Whether every cue was played. */
    boolean isPlayed() {
        return next == cues.size();
    }

    /** What came after the last cue, or before the first if there was none. */
    Counts lastAct() {
        return acts.get(acts.size() - 1);
    }

    /** A point is reached; returns the crash that is to happen there. */
    Cue.@Nullable Crash at(CrashPoint point) {
        int count = lastAct().points.merge(point, 1, Integer::sum);
        if (next < cues.size()
                && cues.get(next) instanceof Cue.Crash crash
                && crash.point() == point
                && crash.occurrence() == count) {
            play();
            return crash;
        }
        return null;
    }

    /** The target is called. */
    void onCall() {
        int count = ++lastAct().calls;
        if (next < cues.size()
                && cues.get(next) instanceof Cue.Fault begun
                && begun.fault().isOfCalls()
                && begun.occurrence() == count) {
            fault = begun.fault();
            faultsLeft = fault.times();
            play();
        }
    }

    /** A fault of what the target holds that comes with this call; null if there is none. */
    @Nullable TargetFault ofTarget() {
        if (next < cues.size()
                && cues.get(next) instanceof Cue.Fault begun
                && !begun.fault().isOfCalls()
                && begun.occurrence() <= lastAct().calls) {
            return begun.fault();
        }
        return null;
    }

    /** What {@link #ofTarget} told has been done. */
    void play() {
        next++;
        acts.add(new Counts());
    }

    /** How the target fails at present; null if it does not. */
    @Nullable TargetFault fault() {
        return faultsLeft > 0 ? fault : null;
    }

    /** It has failed once. */
    void failed() {
        faultsLeft--;
    }
}
