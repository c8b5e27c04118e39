package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.step.DataflowException;
import dev.waxwing.step.DeadLetter;
import dev.waxwing.step.DeliveryException;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.CrashException;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSource;
import dev.waxwing.testing.TransactionalTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rolling files behind the embedded runner, which crashes. */
final class RollingFilesTest {

    @TempDir private Path directory;

    private Path out = Path.of("unset");

    @BeforeEach
    void makeDirectory() throws IOException {
        out = Files.createDirectory(directory.resolve("out"));
    }

    @Test
    void linesAreThereOnceWhereverItCrashesAndNothingIsLeft() throws Exception {
        long seed = new Random().nextLong();
        for (int round = 0; round < 20; round++) {
            Random random = new Random(seed + round);
            Path parts = Files.createDirectory(directory.resolve("parts-" + round));
            var options =
                    RollOptions.defaults()
                            .withWriters(1 + random.nextInt(3))
                            .withBytesMax(1 + random.nextInt(40));
            List<Integer> items = IntStream.range(0, random.nextInt(60)).boxed().toList();
            var flow = Dataflow.named("flow");
            flow.input("in", crashing(items, random))
                    .map("text", number -> "line " + number)
                    .keyOn("key", text -> text.length() + text.hashCode() % 5)
                    .output("out", TextFiles.rolling(parts).withOptions(options));

            runThroughCrashes(flow, directory.resolve("store-" + round), random);

            assertThat(lines(parts))
                    .as("seed %d", seed + round)
                    .containsExactlyInAnyOrderElementsOf(
                            items.stream().map(number -> "line " + number).toList());
            assertThat(names(parts))
                    .as("seed %d", seed + round)
                    .noneMatch(name -> name.endsWith("staged") || name.endsWith("open"));
        }
    }

    @Test
    void itemsOfAKeyKeepTheirOrder() throws Exception {
        var options = RollOptions.defaults().withWriters(2).withBytesMax(1);
        var flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(1, 2, TestItems.crash(), 3, 4, 5))
                .map("text", String::valueOf)
                .keyOn("key", text -> "always")
                .output("out", TextFiles.rolling(out).withOptions(options));

        runThroughCrashes(flow, directory.resolve("store"), new Random(0));

        assertThat(lines(out)).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void readersMayTakeCommittedPartsAway() throws Exception {
        Dataflow flow = copy(TestSource.of(1, TestItems.endOfInput(), 2));
        Waxwing.run(flow, options("store"));
        for (Path part : parts()) {
            Files.delete(part);
        }

        Waxwing.run(flow, options("store"));

        assertThat(lines(out)).containsExactly("2");
    }

    @Test
    void secondStoreDoesNotWriteToTheDirectoryUnlessItIsToldToAdoptIt() throws Exception {
        Waxwing.run(copy(TestSource.of(1)), options("store"));

        assertThatThrownBy(() -> Waxwing.run(copy(TestSource.of(2)), options("other")))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("step 'flow.out'")
                .hasMessageContaining("another recovery store");
        assertThat(lines(out)).containsExactly("1");

        RecoveryOptions adopting =
                recovery("other").withResume(RecoveryOptions.Resume.newest().withAdoption());
        Waxwing.run(copy(TestSource.of(2)), EmbeddedOptions.defaults().withRecovery(adopting));
        assertThat(lines(out)).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void storeThatWasRestoredFromAnOlderCopyWritesNothingTwiceHoweverOftenItIsStarted()
            throws Exception {
        Dataflow flow =
                copy(TestSource.of(1, TestItems.endOfInput(), 2, TestItems.endOfInput(), 3));
        Waxwing.run(flow, options("store"));
        copyTheStore();
        Waxwing.run(flow, options("store"));

        for (int start = 1; start <= 4; start++) {
            assertThatThrownBy(() -> Waxwing.run(flow, options("copy")))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("step 'flow.out'")
                    .hasMessageContaining("restored from an older copy");
        }
        Waxwing.run(flow, options("store"));
        assertThat(lines(out)).containsExactlyInAnyOrder("1", "2", "3");
    }

    @Test
    void deadLettersOfAStepAndRejectedRowsOfASinkAreInFilesOnce() throws Exception {
        Path letters = Files.createDirectory(directory.resolve("letters"));
        Path rejected = Files.createDirectory(directory.resolve("rejected"));
        var target = new TransactionalTarget<Integer>("a").rejecting(n -> n > 10);
        var flow = Dataflow.named("flow");
        var numbers =
                flow.input("in", TestSource.of("1", "x", TestItems.crash(), "20", "y", "3"))
                        .map("number", text -> Integer.valueOf(text))
                        .onFailure(FailurePolicy.deadLetter());
        var stored = numbers.output("out", target).onFailure(FailurePolicy.deadLetter());
        numbers.deadLetters()
                .map("letter", RollingFilesTest::text)
                .output("letters", TextFiles.rolling(letters));
        stored.deadLetters()
                .map("row", RollingFilesTest::text)
                .output("rejected", TextFiles.rolling(rejected));

        runThroughCrashes(flow, directory.resolve("store"), new Random(0));

        assertThat(target.rows()).containsExactly(1, 3);
        assertThat(lines(letters)).containsExactly("x", "y");
        assertThat(lines(rejected)).containsExactly("20");
    }

    private static String text(DeadLetter letter) {
        return String.valueOf(letter.item());
    }

    private Dataflow copy(TestSource<Integer> source) {
        var flow = Dataflow.named("flow");
        flow.input("in", source).map("text", String::valueOf).output("out", TextFiles.rolling(out));
        return flow;
    }

    private static TestSource<Integer> crashing(List<Integer> items, Random random) {
        List<Object> elements = new ArrayList<>();
        for (Integer item : items) {
            elements.add(item);
            if (random.nextInt(10) == 0) {
                elements.add(TestItems.crash());
            }
        }
        return TestSource.<Integer>ofElements(elements).withBatchItems(1 + random.nextInt(4));
    }

    private static void runThroughCrashes(Dataflow flow, Path store, Random random)
            throws InterruptedException {
        while (true) {
            var options =
                    EmbeddedOptions.defaults()
                            .withWorkers(1 + random.nextInt(3))
                            .withRecovery(
                                    RecoveryOptions.in(store)
                                            .withEpochInterval(
                                                    Duration.ofMillis(random.nextInt(3))));
            try {
                Waxwing.run(flow, options);
                return;
            } catch (DataflowException e) {
                if (!CrashException.caused(e)) {
                    throw e;
                }
            }
        }
    }

    private void copyTheStore() throws IOException {
        Path from = directory.resolve("store");
        Path copy = directory.resolve("copy");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(each -> !each.endsWith("lock")).toList()) {
                Files.copy(file, copy.resolve(from.relativize(file).toString()));
            }
        }
    }

    private EmbeddedOptions options(String store) {
        return EmbeddedOptions.defaults().withRecovery(recovery(store));
    }

    private RecoveryOptions recovery(String store) {
        return RecoveryOptions.in(directory.resolve(store));
    }

    private List<Path> parts() throws IOException {
        try (Stream<Path> files = Files.list(out)) {
            return files.filter(file -> !HiddenFiles.isOne(file)).toList();
        }
    }

    private static List<String> lines(Path parts) throws Exception {
        return Collected.all(TextFiles.directory(parts, "*.txt").withAllowNoFiles()).items;
    }

    private static List<String> names(Path parts) throws IOException {
        try (Stream<Path> files = Files.list(parts)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
