package dev.waxwing.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.waxwing.kernel.Outputs;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StatefulLogicTest {

    private record Asking(@Nullable Instant notifyAt)
            implements StatefulLogic<Integer, Integer, Integer> {

        @Override
        public Retain onItem(Integer value, Outputs<? super Integer> out) {
            return Retain.KEEP;
        }

        @Override
        public Integer snapshot() {
            return 0;
        }
    }

    @Test
    void nullIsNever() {
        assertThat(new Asking(null).notifyAtMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void timesBeyondMillisecondsAreClamped() {
        assertThat(new Asking(Instant.MAX).notifyAtMillis()).isEqualTo(Long.MAX_VALUE);
        assertThat(new Asking(Instant.MIN).notifyAtMillis()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void timeIsInMilliseconds() {
        assertThat(new Asking(Instant.ofEpochSecond(3)).notifyAtMillis()).isEqualTo(3_000);
    }

    @Test
    void stateUpdateNeedsAnOutput() {
        assertThatNullPointerException()
                .isThrownBy(() -> StateUpdate.discard(null))
                .withMessage("output must not be null");
    }

    @Test
    void stateToKeepMustNotBeNull() {
        assertThatNullPointerException()
                .isThrownBy(() -> StateUpdate.keep(null, 1))
                .withMessage("state must not be null; use discard");
    }
}
