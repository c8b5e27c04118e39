package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.WindowOut;
import dev.waxwing.function.TypeRef;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import dev.waxwing.windowing.EventClock;
import dev.waxwing.windowing.TumblingWindower;
import dev.waxwing.windowing.WindowOptions;
import dev.waxwing.windowing.WindowResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What windows keep in a recovery store. */
final class WindowStateTest {

    @TempDir private Path directory;

    record Reading(int second, int value) {
        Instant at() {
            return Instant.ofEpochSecond(second);
        }
    }

    /** Known only to those who declare it. */
    record Sample(int value) {}

    private final TestSource<Reading> source =
            TestSource.of(
                    new Reading(1, 1),
                    new Reading(2, 2),
                    TestItems.crash(),
                    new Reading(3, 3),
                    new Reading(14, 4));
    private final TestSink<Object> out = new TestSink<>();

    private WindowOut<String, Reading, List<Object>> samples(Dataflow flow) {
        return flow.input("in", source)
                .keyOn("key", reading -> "a")
                .foldWindow(
                        "samples",
                        EventClock.of(Reading::at, Duration.ofSeconds(5)).withoutIdleAdvance(),
                        TumblingWindower.of(Duration.ofSeconds(10)),
                        ArrayList::new,
                        (list, reading) -> {
                            list.add(new Sample(reading.value()));
                            return list;
                        },
                        (list, others) -> {
                            list.addAll(others);
                            return list;
                        });
    }

    private void run(Consumer<WindowOut<String, Reading, List<Object>>> more) throws Exception {
        Dataflow flow = Dataflow.named("flow");
        WindowOut<String, Reading, List<Object>> windows = samples(flow);
        windows.down()
                .mapValue("text", WindowResult::value)
                .dropKey("plain")
                .map("string", Object::toString)
                .<Object>map("object", text -> text)
                .output("out", out);
        more.accept(windows.with(WindowOptions.unordered()));
        Waxwing.run(
                flow,
                EmbeddedOptions.defaults()
                        .withRecovery(
                                RecoveryOptions.in(directory).withEpochInterval(Duration.ZERO)));
    }

    @Test
    void stateOfUnknownTypeIsRefusedWithWhatToDo() {
        assertThatThrownBy(() -> run(windows -> {}))
                .hasMessageContaining("step 'flow.samples'")
                .hasStackTraceContaining(Sample.class.getName())
                .hasStackTraceContaining("declare the state's type with state(...)");
    }

    @Test
    void declaredTypeOfWhatAWindowKeepsIsStored() throws Exception {
        assertThatThrownBy(() -> run(windows -> windows.state(new TypeRef<List<Sample>>() {})))
                .hasStackTraceContaining("as the test asked for");

        run(windows -> windows.state(new TypeRef<List<Sample>>() {}));

        assertThat(out.committed())
                .containsExactly(
                        "[Sample[value=1], Sample[value=2], Sample[value=3]]", "[Sample[value=4]]");
    }

    @Test
    void openWindowsGoOnWithEarlyResultsThatWereAdded() throws Exception {
        assertThatThrownBy(() -> run(windows -> windows.state(new TypeRef<List<Sample>>() {})))
                .hasStackTraceContaining("as the test asked for");

        run(
                windows ->
                        windows.state(new TypeRef<List<Sample>>() {})
                                .with(WindowOptions.unordered().withEarlyResultEvery(1)));

        assertThat(out.committed())
                .endsWith(
                        "[Sample[value=1], Sample[value=2], Sample[value=3]]",
                        "[Sample[value=4]]",
                        "[Sample[value=1], Sample[value=2], Sample[value=3]]",
                        "[Sample[value=4]]");
    }
}
