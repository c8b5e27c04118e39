package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.recovery.StoreLocation;
import dev.waxwing.run.Execution;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Recovery with stores that are found by their kind. */
final class StoreOfOtherKindTest {

    @Test
    void executionResumesFromAStoreThatAnApplicationHasMade() throws Exception {
        var source = TestSource.of("a", TestItems.endOfInput(), "a", TestItems.endOfInput(), "a");
        var out = new TestSink<String>();
        var options =
                EmbeddedOptions.defaults().withRecovery(RecoveryOptions.at(NamedDisks.anywhere()));

        Waxwing.run(counts(source, out), options);
        Waxwing.run(counts(source, out), options);
        Waxwing.run(counts(source, out), options);

        assertThat(out.committed()).containsExactly("1", "2", "3");
    }

    @Test
    void kindThatIsNotThereIsRefusedAtOnce() {
        var store = new StoreLocation("cloud", "nowhere");
        var options =
                EmbeddedOptions.defaults()
                        .withRecovery(RecoveryOptions.at(store))
                        .withRestarts(RestartPolicy.upTo(1_000));

        try (Execution execution =
                Waxwing.start(counts(TestSource.of("a"), new TestSink<>()), options)) {
            assertThatThrownBy(execution::await)
                    .isInstanceOf(RecoveryException.class)
                    .hasMessageContaining("a store of kind 'cloud' was expected")
                    .hasMessageContaining("'sqlite'");
            assertThat(execution.status()).isEqualTo(Execution.Status.FAILED);
        }
    }

    private static Dataflow counts(TestSource<String> source, TestSink<String> out) {
        var flow = Dataflow.named("shop");
        flow.input("in", source)
                .keyOn("by-word", word -> word)
                .statefulMap(
                        "count",
                        (@Nullable Integer count, String word) -> {
                            int next = count == null ? 1 : count + 1;
                            return StateUpdate.keep(next, "" + next);
                        })
                .output("out", out);
        return flow;
    }
}
