package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.recovery.page.PageCursor;
import dev.waxwing.recovery.page.PageWriter;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.recovery.page.StatePage;
import dev.waxwing.recovery.sqlite.SqliteRecoveryStore;
import dev.waxwing.recovery.store.EpochRecord;
import dev.waxwing.recovery.store.EpochSnapshot;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.recovery.store.StoreOptions;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partitions of which a decided epoch says that it has a position, and has none. */
final class LostPositionsTest {

    private final TestSink<Integer> out = new TestSink<>();

    @TempDir private Path directory;

    @Test
    void partitionThatHasLostItsPositionIsNotReadFromItsBeginning() throws Exception {
        run("a", "b");
        losePositions("flow.in", Map.of());

        assertThatThrownBy(() -> run("a", "b"))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining(
                        "step 'flow.in': the recovery store says that it has positions")
                .hasMessageContaining("partitions 'a', 'b'")
                .hasMessageContaining("restore its directory from a copy");
        assertThat(out.committed()).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void sinkPartitionThatHasLostItsPositionIsRefused() throws Exception {
        run("a");
        losePositions("flow.out", Map.of());

        assertThatThrownBy(() -> run("a"))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("step 'flow.out'");
    }

    @Test
    void partitionThatHadNoPositionYetIsReadFromItsBeginning() throws Exception {
        run("a");
        losePositions("flow.in", Map.of("parts without position of flow.in", "a"));

        run("a");

        assertThat(out.committed()).containsExactlyInAnyOrder(1, 1);
    }

    @Test
    void newPartitionIsReadFromItsBeginning() throws Exception {
        run("a");
        run("a", "b");

        assertThat(out.committed()).containsExactlyInAnyOrder(1, 2);
    }

    private void run(String... parts) throws Exception {
        Map<String, List<?>> elements = new HashMap<>();
        for (String part : parts) {
            elements.put(part, List.of(part.equals("a") ? 1 : 2));
        }
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", TestSource.<Integer>partitions(elements)).output("out", out);
        Waxwing.start(
                        flow,
                        EmbeddedOptions.defaults()
                                .withWorkers(1)
                                .withRecovery(RecoveryOptions.in(directory)))
                .await();
    }

    /** Decides an epoch that has the notes of the last one, and others, and no positions. */
    private void losePositions(String step, Map<String, String> more) {
        StateId positions = new StateId(step, "partitions");
        try (RecoveryStore store =
                SqliteRecoveryStore.open(directory, "flow", StoreOptions.defaults())) {
            List<StatePage> removals = new ArrayList<>();
            store.restore(
                    store.decidedEpoch(),
                    page -> {
                        if (page.state().equals(positions)) {
                            removals.add(removing(page));
                        }
                    });
            List<EpochRecord> epochs = store.epochs();
            Map<String, String> notes = new HashMap<>(epochs.get(epochs.size() - 1).notes());
            notes.putAll(more);
            store.decide(new EpochSnapshot(store.highestEpoch() + 1, removals, notes));
            store.done(store.decidedEpoch());
        }
    }

    private static StatePage removing(StatePage page) {
        PageWriter writer = new PageWriter(page.state(), page.keySchema(), page.valueSchema());
        PageCursor cursor = page.cursor();
        while (cursor.next()) {
            writer.remove(cursor.key());
        }
        return writer.toPage();
    }
}
