package dev.waxwing.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.Reset;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.testing.TestSource;
import dev.waxwing.testing.TransactionalTarget;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide says of starting over. */
final class StartingOverTest {

    @TempDir private Path directory;

    private final TransactionalTarget<Integer> table = new TransactionalTarget<>("writer-0");

    @Test
    void nextExecutionBeginsAsTheFirstOneDid() {
        Waxwing.run(flow(), RecoveryOptions.in(directory));

        // region reset
        Waxwing.reset(flow(), directory);
        // endregion
        Waxwing.run(flow(), RecoveryOptions.in(directory));

        assertThat(table.rows()).containsExactly(1, 2, 1, 2);
    }

    @Test
    void whatWouldBeRemovedIsLookedAtFirst() {
        Waxwing.run(flow(), RecoveryOptions.in(directory));

        List<String> removed;
        // region look
        try (var reset = Reset.of(flow().plan(), directory)) {
            removed = reset.removes();
            reset.run();
        }
        // endregion

        assertThat(removed)
                .containsExactly(
                        "step 'orders.table': the marker of epoch 1",
                        "recovery store " + directory + ", which has come to epoch 1");
    }

    private Dataflow flow() {
        var flow = Dataflow.named("orders");
        flow.input("in", TestSource.of(1, 2)).output("table", table);
        return flow;
    }
}
