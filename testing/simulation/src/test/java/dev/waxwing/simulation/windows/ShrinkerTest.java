package dev.waxwing.simulation.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

final class ShrinkerTest {

    private static List<List<Integer>> withoutOne(List<Integer> numbers) {
        List<List<Integer>> smaller = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            List<Integer> fewer = new ArrayList<>(numbers);
            fewer.remove(i);
            smaller.add(fewer);
        }
        return smaller;
    }

    private static List<Integer> least(Predicate<List<Integer>> fails) {
        return Shrinker.least(List.of(5, 3, 8, 1, 9), ShrinkerTest::withoutOne, fails);
    }

    @Test
    void whatTheFailureDoesNotNeedIsLeftOut() {
        assertThat(least(numbers -> numbers.contains(3) && numbers.contains(9)))
                .containsExactly(3, 9);
    }

    @Test
    void whatIsNeededTogetherRemains() {
        assertThat(least(numbers -> numbers.size() >= 5)).containsExactly(5, 3, 8, 1, 9);
    }

    @Test
    void whatFailsInAnyCaseIsNothing() {
        assertThat(least(numbers -> true)).isEmpty();
    }

    @Test
    void trialIsCutDownToTheReadingsAndSettingsThatMatter() {
        WindowTrial large = RandomTrials.of(4);
        int needed = large.readings().get(large.readings().size() / 2).number();

        WindowTrial least =
                Shrinker.least(
                        large,
                        WindowTrial::smaller,
                        trial -> trial.readings().stream().anyMatch(r -> r.number() == needed));

        assertThat(least.readings()).extracting(Reading::number).containsExactly(needed);
        assertThat(least.partitions()).hasSize(1);
        assertThat(least.smaller()).allMatch(smaller -> smaller.readings().isEmpty());
    }
}
