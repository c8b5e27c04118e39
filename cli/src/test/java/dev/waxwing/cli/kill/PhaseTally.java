package dev.waxwing.cli.kill;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** How often something happened to executions in each phase, and what is to come. */
final class PhaseTally {

    /** How often an execution comes to a phase at most until something happens to it. */
    private static final int TIMES_MAX = 24;

    private static final int MISSES_MAX = 200;

    private final Map<Phase, Count> counts = new EnumMap<>(Phase.class);
    private final Random random;
    private final int wanted;

    /**
     * @param phases each so often as it is wanted
     */
    PhaseTally(Random random, Collection<Phase> phases, int wanted) {
        this.random = random;
        this.wanted = wanted;
        phases.forEach(phase -> counts.put(phase, new Count()));
    }

    /** One of those that had it least often; null if there were enough in each. */
    @Nullable Phase next() {
        int least = counts.values().stream().mapToInt(count -> count.during).min().orElseThrow();
        if (least >= wanted) {
            return null;
        }
        List<Phase> left = new ArrayList<>();
        counts.forEach(
                (phase, count) -> {
                    if (count.during == least) {
                        left.add(phase);
                    }
                });
        return left.get(random.nextInt(left.size()));
    }

    /** The so-manieth time that a run comes to a phase: less if others have ended before. */
    int times(Phase phase) {
        return 1 + random.nextInt(counts.get(phase).timesMax);
    }

    /** It happened. */
    void during(Phase phase) {
        Count count = counts.get(phase);
        count.during++;
        count.timesMax = Math.min(TIMES_MAX, count.timesMax + 1);
    }

    /** It happened when the execution had gone on. */
    void soonAfter(Phase phase) {
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

    /** How often it happened in all. */
    int all() {
        return counts.values().stream().mapToInt(count -> count.during + count.soonAfter).sum();
    }

    /** A line for each phase. */
    String table() {
        StringBuilder text = new StringBuilder();
        counts.forEach(
                (phase, count) ->
                        text.append(
                                "  %-24s %4d there, %3d soon after, %3d not reached%n"
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
