package dev.waxwing.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.operators.WindowCase.Event;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

final class ShrinkerTest {

    private static final WindowCase LARGE = WindowCase.of(7);

    private static WindowCase least(Predicate<List<Event>> fails) {
        return Shrinker.least(LARGE, WindowCase::smaller, given -> fails.test(given.events()));
    }

    @Test
    void eventsThatTheFailureDoesNotNeedAreLeftOut() {
        var values = LARGE.events().stream().filter(Event.Value.class::isInstance).toList();
        var needed = List.of(values.get(1), values.get(values.size() - 2));

        assertThat(least(events -> events.containsAll(needed)).events()).isEqualTo(needed);
    }

    @Test
    void eventsThatAreNeededTogetherRemain() {
        int needed = LARGE.events().size();

        assertThat(least(events -> events.size() >= needed).events()).isEqualTo(LARGE.events());
    }

    @Test
    void caseThatFailsWithoutEventsHasNone() {
        assertThat(least(events -> true).events()).isEmpty();
    }
}
