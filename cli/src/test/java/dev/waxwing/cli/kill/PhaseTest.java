package dev.waxwing.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PhaseTest {

    /* A method that was renamed would be waited for in vain, which takes long to notice. */
    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = "TABLE_COMMIT_UNANSWERED")
    void placeInTheCodeExists(Phase phase) {
        assertThat(phase.point()).matches(CodePoint::exists, "exists");
    }

    @ParameterizedTest
    @EnumSource(value = Phase.class, names = "TABLE_COMMIT_UNANSWERED")
    void placeAtTheDatabaseIsNoneInTheCode(Phase phase) {
        assertThat(phase.point()).isNull();
    }
}
