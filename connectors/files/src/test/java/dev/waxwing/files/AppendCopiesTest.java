package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.simulation.disk.PowerLossDisk;
import dev.waxwing.sink.FencedException;
import dev.waxwing.sink.StatefulSinkPartition;
import dev.waxwing.step.DeliveryException;
import dev.waxwing.testing.TargetFaults;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of executions over copies of a store, one at most appends to a file. */
final class AppendCopiesTest {

    private static final UUID STORE = new UUID(0, 7);

    @TempDir private Path directory;

    private Path file = Path.of("unset");

    @BeforeEach
    void nameFile() {
        file = directory.resolve("out.txt");
    }

    @Test
    void copyThatKnowsLessThanTheFileIsRefusedHoweverOftenItIsStarted() throws Exception {
        AppendPosition first = write(original(1), null, "a");
        AppendPosition second = write(original(2), first, "b");

        assertThatThrownBy(() -> open(copy(2), first))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("nothing is known to this execution of generation 2")
                .hasMessageContaining("the recovery store was copied")
                .hasMessageContaining("adopt");
        assertThatThrownBy(() -> open(copy(3), first)).isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> open(copy(4), null)).isInstanceOf(FencedException.class);
        write(original(3), second, "c");

        assertThat(file).hasContent("a\nb\nc\n");
    }

    @Test
    void storeIsRefusedForGoodOnceItsCopyHasGoneOn() throws Exception {
        AppendPosition first = write(original(1), null, "a");
        AppendPosition second = write(copy(2), first, "b");

        assertThatThrownBy(() -> open(original(2), first)).isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> open(original(3), first)).isInstanceOf(FencedException.class);
        write(copy(3), second, "c");

        assertThat(file).hasContent("a\nb\nc\n");
    }

    @Test
    void fileIsAdoptedIfTheUserSaysSo() throws Exception {
        AppendPosition first = write(original(1), null, "a");
        write(original(2), first, "b");

        write(copy(2).withAdoption(), first, "c");

        assertThat(file).hasContent("a\nc\n");
    }

    @Test
    void whileAnExecutionWritesNoOtherIsLetIn() throws Exception {
        AppendPosition first = write(original(1), null, "a");
        try (var running = open(original(1), first)) {
            running.writeBatch(List.of("b"));

            assertThatThrownBy(() -> open(copy(2), first))
                    .hasMessageContaining("is being written to by another execution")
                    .hasMessageContaining("stop one of the two");

            running.writeBatch(List.of("c"));
            running.force();
        }
        assertThat(file).hasContent("a\nb\nc\n");
    }

    @Test
    void executionThatFindsAnotherAtTheStartHasClaimedAndSweptNothing() throws Exception {
        Path parts = Files.createDirectory(directory.resolve("parts"));
        Dataflow flow = Dataflow.named("flow");
        var lines = flow.input("in", TestSource.<String>of("b"));
        lines.output("parts", TextFiles.rolling(parts));
        lines.output("out", TextFiles.append(file));
        try (var running = open(original(1), write(original(1), null, "a"))) {
            assertThatThrownBy(() -> run(flow, "store"))
                    .hasMessageContaining("step 'flow.out'")
                    .hasMessageContaining("is being written to by another execution");
            running.force();
        }
        assertThat(parts).isEmptyDirectory();
        assertThat(file).hasContent("a\n");
    }

    @Test
    void executionThatFindsAnotherInItsFileDecidesNothingMore() throws Exception {
        /* A file system without locks. */
        file = new PowerLossDisk(1).mount(TargetFaults.NONE).resolve("out.txt");
        AppendPosition first = write(original(1), null, "a");
        try (var older = open(original(1), first)) {
            older.writeBatch(List.of("late"));
            AppendPosition late = older.snapshot();
            AppendPosition decided = write(copy(2), first, "b");

            assertThatThrownBy(older::force)
                    .isInstanceOf(FencedException.class)
                    .hasMessageContaining("was taken over by generation 2");
            assertThatThrownBy(older::check).isInstanceOf(FencedException.class);
            assertThatThrownBy(() -> older.onDecided(late)).isInstanceOf(FencedException.class);
            assertThat(DecidedBytes.of(file)).hasValue(first.bytes());
            write(copy(3), decided, "c");
        }
        assertThat(Files.readString(file)).isEqualTo("a\nb\nc\n");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void executionThatHasBegunIsKnownAfterAPowerFailure(long seed) throws Exception {
        var disk = new PowerLossDisk(seed);
        file = disk.mount(TargetFaults.NONE).resolve("out.txt");
        write(original(1), null, "a");
        write(copy(2), null, "b");

        disk.losePower();

        assertThatThrownBy(() -> open(original(2), null)).isInstanceOf(FencedException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void executionThatHasResumedIsKnownAfterAPowerFailure(long seed) throws Exception {
        var disk = new PowerLossDisk(seed);
        file = disk.mount(TargetFaults.NONE).resolve("out.txt");
        AppendPosition first = write(original(1), null, "a");
        write(copy(2), first, "b");

        disk.losePower();

        assertThatThrownBy(() -> open(original(2), first)).isInstanceOf(FencedException.class);
    }

    @Test
    void executionThatIsRefusedLeavesTheFileInItsPlaceThoughItHasTakenItsStoreOver()
            throws Exception {
        AppendPosition first = write(original(1), null, "a");
        try (var running = open(copy(2), first)) {
            assertThatThrownBy(() -> open(new TestFence(STORE, 3, 2), first))
                    .isInstanceOf(FencedException.class);

            running.writeBatch(List.of("b"));
        }
        assertThat(file).hasContent("a\nb\n");
    }

    @Test
    void olderCopyOfTheStoreLeavesTheFileOfADataflow() throws Exception {
        Dataflow flow = flow();
        run(flow, "store");
        copyTheStore();
        run(flow, "store");

        for (int start = 1; start <= 3; start++) {
            assertThatThrownBy(() -> run(flow, "copy"))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("step 'flow.out'")
                    .hasMessageContaining("the recovery store was copied");
        }
        run(flow, "store");
        assertThat(file).hasContent("1\n2\n3\n");
    }

    @Test
    void fileOfADataflowIsAdoptedIfTheUserSaysSo() throws Exception {
        Dataflow flow = flow();
        run(flow, "store");
        copyTheStore();
        run(flow, "store");
        run(flow, "store");

        run(flow, recovery("copy").withResume(RecoveryOptions.Resume.newest().withAdoption()));

        assertThat(file).hasContent("1\n2\n");
        assertThatThrownBy(() -> run(flow, "store")).isInstanceOf(DeliveryException.class);
    }

    private static TestFence original(long generation) {
        return new TestFence(STORE, generation, 0);
    }

    /** Made when the store had had one execution. */
    private static TestFence copy(long generation) {
        return TestFence.ofCopy(STORE, generation, 1);
    }

    private Dataflow flow() {
        var flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(1, TestItems.endOfInput(), 2, TestItems.endOfInput(), 3))
                .map("text", String::valueOf)
                .output("out", TextFiles.append(file));
        return flow;
    }

    private void run(Dataflow flow, String store) throws InterruptedException {
        run(flow, recovery(store));
    }

    private static void run(Dataflow flow, RecoveryOptions recovery) throws InterruptedException {
        Waxwing.run(flow, EmbeddedOptions.defaults().withRecovery(recovery));
    }

    private RecoveryOptions recovery(String store) {
        return RecoveryOptions.in(directory.resolve(store));
    }

    private void copyTheStore() throws IOException {
        Path from = directory.resolve("store");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path each : files.filter(path -> !path.endsWith("lock")).toList()) {
                Files.copy(each, directory.resolve("copy").resolve(from.relativize(each)));
            }
        }
    }

    private AppendPosition write(TestFence store, @Nullable AppendPosition resume, String... lines)
            throws Exception {
        try (var partition = open(store, resume)) {
            partition.writeBatch(List.of(lines));
            return partition.snapshot();
        }
    }

    private StatefulSinkPartition<String, AppendPosition> open(
            TestFence store, @Nullable AppendPosition resume) throws Exception {
        AppendSink<String> sink = TextFiles.append(file);
        return sink.buildPart("flow.out", sink.listParts().get(0), resume, store);
    }
}
