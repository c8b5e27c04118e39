package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.KeyedStream;
import dev.waxwing.Operator;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.state.StateMapper;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import dev.waxwing.windowing.StreamClock;
import dev.waxwing.windowing.TumblingWindower;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types of state, as functions tell them: what can be stored, and what is refused at the start. */
final class StateTypeTest {

    @TempDir private Path directory;

    private final List<Object> read = new ArrayList<>();
    private final TestSink<String> out = new TestSink<>();

    /** Anybody may implement it. */
    interface Discount {}

    record Percent(int percent) implements Discount {}

    sealed interface Shape {}

    record Circle(int radius) implements Shape {}

    record Box<T>(T content) {}

    @Test
    void openInterfaceIsRefusedBeforeAnythingFlows() {
        refused((Discount before, Integer n) -> StateUpdate.keep(new Percent(n), ""))
                .hasMessageContaining("step 'flow.step'")
                .hasMessageContaining(Discount.class.getName() + " cannot be stored")
                .hasMessageContaining("make it sealed");
    }

    @Test
    void classOfTheJdkIsRefusedBeforeAnythingFlows() {
        refused(
                        (ConcurrentHashMap<String, Integer> before, Integer n) ->
                                StateUpdate.keep(new ConcurrentHashMap<>(), ""))
                .hasMessageContaining("ConcurrentHashMap cannot be stored");
    }

    @Test
    void whatAMethodReferenceTellsOfWhatIsInsideIsStored() throws Exception {
        runTwice(pairs -> pairs.statefulMap("step", StateTypeTest::box));
        assertThat(out.committed()).containsExactly("null", "Box[content=Circle[radius=1]]");
    }

    @Test
    void wildcardOfAMethodReferenceIsStored() throws Exception {
        runTwice(pairs -> pairs.statefulMap("step", StateTypeTest::all));
        assertThat(out.committed()).containsExactly("null", "[Circle[radius=1]]");
    }

    @Test
    void valuesThatNeverWaitInWindowsNeedNotBeStored() throws Exception {
        var flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(1, 2))
                .<Discount>map("discount", Percent::new)
                .keyOn("key", discount -> "all")
                .countWindow(
                        "count",
                        StreamClock.of((Discount discount) -> Instant.EPOCH),
                        TumblingWindower.of(Duration.ofSeconds(1)))
                .down()
                .map("text", (key, result) -> "" + result.value())
                .output("out", out);

        Runs.run(flow, options());

        assertThat(out.committed()).containsExactly("2");
    }

    private static StateUpdate<Box<Shape>, String> box(@Nullable Box<Shape> before, Integer n) {
        return StateUpdate.keep(new Box<>(new Circle(n)), "" + before);
    }

    private static StateUpdate<List<? extends Shape>, String> all(
            @Nullable List<? extends Shape> before, Integer n) {
        List<Shape> more = new ArrayList<>(before == null ? List.of() : before);
        more.add(new Circle(n));
        return StateUpdate.keep(more, "" + before);
    }

    private <S> org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refused(
            StateMapper<S, Integer, String> mapper) {
        var flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(1))
                .map("read", this::seen)
                .keyOn("key", n -> "all")
                .statefulMap("step", mapper)
                .output("out", out);
        RuntimeException failure = Runs.failure(flow, options());
        assertThat(read).isEmpty();
        return assertThat(failure).isInstanceOf(RecoveryException.class);
    }

    private Integer seen(Integer n) {
        read.add(n);
        return n;
    }

    private void runTwice(Operator<KeyedStream<String, Integer>, KeyedStream<String, String>> step)
            throws Exception {
        var flow = Dataflow.named("flow");
        var pairs =
                flow.input("in", TestSource.of(1, TestItems.endOfInput(), 2))
                        .<String>keyOn("key", n -> "all");
        step.apply(pairs).output("out", out);
        Runs.run(flow, options());
        Runs.run(flow, options());
    }

    private EmbeddedOptions options() {
        return EmbeddedOptions.defaults().withRecovery(RecoveryOptions.in(directory));
    }
}
