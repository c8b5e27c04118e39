package dev.waxwing.simulation.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each mistake that a sink can make is found, by the oracle that is there for it. */
final class ZooTest {

    private static final int RUNS_OF_A_GOOD_SINK = 300;

    @ParameterizedTest
    @EnumSource
    void transactionalSinkThatMakesAMistakeIsFound(TransactionalZoo.Mistake mistake) {
        check(mistake, mistake.caughtBy, () -> new TransactionalZoo(mistake));
    }

    @ParameterizedTest
    @EnumSource
    void idempotentSinkThatMakesAMistakeIsFound(IdempotentZoo.Mistake mistake) {
        check(mistake, mistake.caughtBy, () -> new IdempotentZoo(mistake));
    }

    @ParameterizedTest
    @EnumSource
    void twoPhaseSinkThatMakesAMistakeIsFound(TwoPhaseZoo.Mistake mistake) {
        check(mistake, mistake.caughtBy, () -> new TwoPhaseZoo(mistake));
    }

    @ParameterizedTest
    @EnumSource
    void sinkByPositionThatMakesAMistakeIsFound(PositionZoo.Mistake mistake) {
        check(mistake, mistake.caughtBy, () -> new PositionZoo(mistake));
    }

    @ParameterizedTest
    @EnumSource
    void sinkAtLeastOnceThatMakesAMistakeIsFound(RepeatingZoo.Mistake mistake) {
        check(mistake, mistake.caughtBy, () -> new RepeatingZoo(mistake));
    }

    private static void check(
            Enum<?> mistake, @Nullable Oracle expected, SinkSubject.Factory<String> factory) {
        String zoo = mistake.getDeclaringClass().getEnclosingClass().getSimpleName();
        SinkConformance<String> suite = SinkConformance.of(zoo + " " + mistake, factory);
        if (expected == null) {
            suite.withRunsMax(RUNS_OF_A_GOOD_SINK).run();
            return;
        }
        SinkFailedError error = catchThrowableOfType(SinkFailedError.class, suite::run);

        assertThat(error).as("a sink that %s", mistake).isNotNull();
        assertThat(error.oracle()).as(error.getMessage()).isEqualTo(expected);
        assertThatThrownBy(() -> suite.replay(error.scenario()))
                .isInstanceOf(SinkFailedError.class)
                .hasMessage(error.getMessage());
    }
}
