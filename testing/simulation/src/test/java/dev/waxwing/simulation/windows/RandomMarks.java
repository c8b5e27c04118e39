package dev.waxwing.simulation.windows;

import dev.waxwing.simulation.Chance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Trials whose partitions are far apart in time, behind each other in any order. */
final class RandomMarks {

    private static final int APART_SECONDS = 1_000;

    private final Chance chance;
    private int number;

    private RandomMarks(long seed) {
        chance = new Chance(seed);
    }

    static MarkTrial of(long seed) {
        return new RandomMarks(seed).next();
    }

    private MarkTrial next() {
        int outOfOrder = chance.below(6);
        boolean lateSome = chance.oneIn(3);
        List<List<List<Reading>>> inputs = new ArrayList<>();
        for (int i = chance.oneOf(1, 1, 1, 2); i > 0; i--) {
            List<List<Reading>> partitions = new ArrayList<>();
            for (int j = chance.between(1, 3); j > 0; j--) {
                partitions.add(partition(outOfOrder, lateSome));
            }
            inputs.add(List.copyOf(partitions));
        }
        boolean single = inputs.size() == 1 && inputs.get(0).size() == 1;
        return new MarkTrial(List.copyOf(inputs), before(single), after(), outOfOrder, lateSome);
    }

    private List<Reading> partition(int outOfOrder, boolean lateSome) {
        List<Reading> part = new ArrayList<>();
        long second = (long) chance.below(4) * APART_SECONDS;
        for (int left = chance.below(25); left > 0; left--) {
            second += chance.below(8);
            long behind =
                    lateSome && chance.oneIn(6) ? chance.below(40) : chance.below(outOfOrder + 1);
            part.add(
                    new Reading(
                            "k" + chance.below(3),
                            number++,
                            Instant.ofEpochSecond(second - behind)));
        }
        return List.copyOf(part);
    }

    private List<HoldingStep> before(boolean single) {
        List<HoldingStep> steps = new ArrayList<>();
        for (int left = chance.below(4); left > 0; left--) {
            HoldingStep step = chance.oneOf(HoldingStep.values());
            if (step.keepsOrder() && (single || step.keepsPartitions())) {
                steps.add(step);
            }
        }
        return List.copyOf(steps);
    }

    private List<HoldingStep> after() {
        List<HoldingStep> steps = new ArrayList<>();
        for (int left = chance.below(5); left > 0; left--) {
            steps.add(chance.oneOf(HoldingStep.values()));
        }
        return List.copyOf(steps);
    }
}
