package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.run.Execution;
import dev.waxwing.testing.TransactionalTarget;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sources hear of all that is done, the last epoch included. */
final class AcknowledgementTest {

    @TempDir private Path directory;

    private final TransactionalTarget<Integer> target = new TransactionalTarget<>("a");

    @ParameterizedTest
    @EnumSource
    void lastEpochIsAcknowledgedAtTheEndOfInput(HeardSource.Reading reading) throws Exception {
        var source = new HeardSource(reading, 3);

        Runs.run(flow(source), options());

        assertThat(target.rows()).containsExactly(1, 2, 3);
        assertThat(source.heard()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void lastEpochIsAcknowledgedAtAStop(HeardSource.Reading reading) throws Exception {
        var source = new HeardSource(reading, Integer.MAX_VALUE);
        Execution execution = Waxwing.start(flow(source), options());
        Runs.await(source.hearing());

        execution.stop(Runs.LIMIT);
        Runs.await(execution);

        assertThat(execution.status()).isEqualTo(Execution.Status.STOPPED);
        assertThat(source.heard()).isEqualTo(target.rows().size());
    }

    @Test
    void failureOfTheLastAcknowledgementIsToldAndDoesNotFailTheExecution() throws Exception {
        var source = new HeardSource(HeardSource.Reading.ON_THE_WORKER, 3).failing();

        Execution execution = Waxwing.start(flow(source), options(Duration.ofHours(1)));
        Runs.await(execution);

        assertThat(execution.status()).isEqualTo(Execution.Status.COMPLETED);
        assertThat(execution.closingFailure()).isPresent();
        assertThat(execution.closingFailure().orElseThrow())
                .hasMessageContaining("acknowledge of partition 'numbers'");
    }

    @Test
    void acknowledgementThatFailsBeforeTheEndStopsTheExecution() {
        var source =
                new HeardSource(HeardSource.Reading.ON_THE_WORKER, Integer.MAX_VALUE).failing();

        assertThatThrownBy(() -> Runs.run(flow(source), options()))
                .hasMessageContaining("step 'flow.in'")
                .hasMessageContaining("acknowledge of partition 'numbers'");
    }

    private Dataflow flow(HeardSource source) {
        var flow = Dataflow.named("flow");
        flow.input("in", source).output("out", target);
        return flow;
    }

    private EmbeddedOptions options() {
        return options(Duration.ofMillis(1));
    }

    private EmbeddedOptions options(Duration epochInterval) {
        return EmbeddedOptions.defaults()
                .withRecovery(RecoveryOptions.in(directory).withEpochInterval(epochInterval));
    }
}
