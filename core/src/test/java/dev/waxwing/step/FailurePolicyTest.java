package dev.waxwing.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class FailurePolicyTest {

    @Test
    void waitsAreDoubledFromATenthOfASecondUpToTenSeconds() {
        BackOff backOff = FailurePolicy.retry(10).backOff();

        assertThat(backOff.waitAfter(1)).isEqualTo(Duration.ofMillis(100));
        assertThat(backOff.waitAfter(100)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void retryStopsByDefault() {
        assertThat(FailurePolicy.retry(3).last()).isEqualTo(FailurePolicy.Last.FAIL);
        assertThat(FailurePolicy.retry(3).withDeadLetters().last())
                .isEqualTo(FailurePolicy.Last.DEAD_LETTER);
    }

    @Test
    void numbersAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FailurePolicy.retry(0))
                .withMessage("attemptsMax must be 1 or more, but was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                FailurePolicy.retry(1)
                                        .withBackOff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .withMessageContaining("at most the longest");
    }
}
