package dev.waxwing.cli.kill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** How often executions were killed in each phase, and what is to come. */
final class PhaseTally {

    /** How often an execution has to come to a phase before it is killed there. */
    private static final int TIMES_MAX = 24;

    private static final int MISSES_MAX = 200;

    private final Map<Phase, Count> counts = new EnumMap<>(Phase.class);
    private final Random random;
    private final int wanted;

    /**
     * @param wanted how often in each phase
     */
    PhaseTally(Random random, int wanted) {
        this.random = random;
        this.wanted = wanted;
        Arrays.stream(Phase.values()).forEach(phase -> counts.put(phase, new Count()));
    }

    /** One of those of which there are too few; null if there is none. */
    @Nullable Phase next() {
        List<Phase> left = new ArrayList<>();
        counts.forEach(
                (phase, count) -> {
                    if (count.during < wanted) {
                        left.add(phase);
                    }
                });
        return left.isEmpty() ? null : left.get(random.nextInt(left.size()));
    }

    /** The so-manieth time that a run comes to a phase: less if others have ended before. */
    int times(Phase phase) {
        return 1 + random.nextInt(counts.get(phase).timesMax);
    }

    void killedDuring(Phase phase) {
        Count count = counts.get(phase);
        count.during++;
        count.timesMax = Math.min(TIMES_MAX, count.timesMax + 1);
    }

    void killedSoonAfter(Phase phase) {
        counts.get(phase).soonAfter++;
    }

    /** A run has ended by itself before it came to a phase so often. */
    void missed(Phase phase) {
        Count count = counts.get(phase);
        count.timesMax = 1 + count.timesMax / 2;
        if (++count.missed > MISSES_MAX) {
            throw new AssertionError("runs do not come to " + phase);
        }
    }

    int kills() {
        return counts.values().stream().mapToInt(count -> count.during + count.soonAfter).sum();
    }

    /** A line for each phase. */
    String table() {
        StringBuilder text = new StringBuilder();
        counts.forEach(
                (phase, count) ->
                        text.append(
                                "  %-24s %4d killed there, %3d soon after, %3d not reached%n"
                                        .formatted(
                                                phase,
                                                count.during,
                                                count.soonAfter,
                                                count.missed)));
        return text.toString();
    }

    private static final class Count {
        private int timesMax = 4;
        private int during;
        private int soonAfter;
        private int missed;
    }
}
