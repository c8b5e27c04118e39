package dev.waxwing.engine.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.engine.compile.RestoredState;
import dev.waxwing.engine.worker.HandSchemas;
import dev.waxwing.engine.worker.StateEncoding;
import dev.waxwing.plan.Plan;
import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.codec.ByteOutput;
import dev.waxwing.recovery.page.PageWriter;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.recovery.page.StatePage;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** State goes to bytes and comes back with nothing but numbers of schemas. */
final class RestorerTest {

    private static final StateId COUNTS = new StateId("flow.count", "state");

    private final HandSchemas schemas = new HandSchemas();
    private final List<StatePage> gone = new ArrayList<>();

    @Test
    void stateComesBackAsItWasEncoded() {
        StatePage page = page(encodings(counts("count")).encodings().get(COUNTS));

        RestoredState restored = restorer(counts("count")).read(List.of(page), Map.of());

        assertThat(restored.entries(COUNTS)).containsExactly(new RestoredState.Entry("a", 1));
        assertThat(restored.entries(new StateId("flow.in", "partitions"))).isEmpty();
    }

    @Test
    void whatAStepThatIsGoneHadYetToTakeIsTold() {
        StatePage calls = page(encodings(counts("count")).encodings().get(COUNTS));
        StatePage unfinished =
                new StatePage(
                        new StateId("flow.ask", "unfinished calls"),
                        calls.keySchema(),
                        calls.valueSchema(),
                        calls.entries(),
                        calls.data());

        restorer(counts("count")).read(List.of(unfinished), Map.of());

        assertThat(gone).containsExactly(unfinished);
    }

    @Test
    void stateOfASchemaThatHasNoNumberIsRefused() {
        StatePage page = page(encodings(counts("count")).encodings().get(COUNTS));
        var others =
                new Restorer(
                        counts("count"),
                        new Encodings(counts("count"), new HandSchemas(), CodecRegistry.empty()),
                        null,
                        gone::add,
                        Map.of(),
                        new Drops(Set.of()));
        StatePage unknown = new StatePage(COUNTS, 99, 99, page.entries(), page.data());

        assertThatThrownBy(() -> others.read(List.of(unknown), Map.of()))
                .isInstanceOf(RecoveryException.class)
                .hasMessage("no schema 99");
    }

    private Restorer restorer(Plan plan) {
        return new Restorer(plan, encodings(plan), null, gone::add, Map.of(), new Drops(Set.of()));
    }

    private Encodings encodings(Plan plan) {
        return new Encodings(plan, schemas, CodecRegistry.empty());
    }

    private static StatePage page(StateEncoding encoding) {
        PageWriter page = encoding.newWriter();
        encoding.add(page, "a", 1, new ByteOutput(), new ByteOutput());
        return page.toPage();
    }

    private static Plan counts(String name) {
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", TestSource.of("a"))
                .keyOn("key", word -> word)
                .<Integer, Integer>statefulMap(
                        name, (state, word) -> StateUpdate.keep(1, state == null ? 1 : state + 1))
                .output("out", new TestSink<Integer>());
        return flow.plan();
    }
}
