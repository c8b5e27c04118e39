package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.step.DataflowException;
import dev.waxwing.step.StepFailedException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StartFailuresTest {

    @Test
    void whatUsersCodeThrewMayPass() {
        assertThat(StartFailures.mayPass(stepFailed(new IOException("refused")))).isTrue();
        assertThat(StartFailures.mayPass(new IllegalStateException("odd"))).isTrue();
    }

    @Test
    void wrongArgumentsDoNotPass() {
        IllegalArgumentException wrong = new IllegalArgumentException("wrong");

        assertThat(StartFailures.mayPass(stepFailed(wrong))).isFalse();
        assertThat(StartFailures.mayPass(wrong)).isFalse();
    }

    @Test
    void whatIsRefusedDoesNotPass() {
        assertThat(StartFailures.mayPass(stepFailed(null))).isFalse();
        assertThat(StartFailures.mayPass(new RecoveryException("damaged"))).isFalse();
        assertThat(StartFailures.mayPass(new DataflowException(null, "no", null))).isFalse();
    }

    private static StepFailedException stepFailed(@Nullable Throwable cause) {
        return new StepFailedException("flow.in", "step 'flow.in': no", cause);
    }
}
