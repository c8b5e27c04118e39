package dev.waxwing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class FailurePolicyTest {

    @Test
    void waitsAreDoubledUpToTheLongest() {
        FailurePolicy policy =
                FailurePolicy.retry(10).withBackOff(Duration.ofMillis(100), Duration.ofMillis(500));

        assertThat(policy.waitAfter(1)).isEqualTo(Duration.ofMillis(100));
        assertThat(policy.waitAfter(2)).isEqualTo(Duration.ofMillis(200));
        assertThat(policy.waitAfter(3)).isEqualTo(Duration.ofMillis(400));
        assertThat(policy.waitAfter(4)).isEqualTo(Duration.ofMillis(500));
        assertThat(policy.waitAfter(1_000_000)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void noWaitStaysNone() {
        FailurePolicy policy = FailurePolicy.retry(3).withBackOff(Duration.ZERO, Duration.ZERO);

        assertThat(policy.waitAfter(2)).isZero();
    }

    @Test
    void retryStopsByDefault() {
        assertThat(FailurePolicy.retry(3).last()).isEqualTo(FailurePolicy.Last.FAIL);
        assertThat(FailurePolicy.retry(3).thenDeadLetter().last())
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
                .withMessageContaining("at most backOffMax");
    }
}
