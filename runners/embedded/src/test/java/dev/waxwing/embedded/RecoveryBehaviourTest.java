package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.recovery.sqlite.SqliteRecoveryStore;
import dev.waxwing.recovery.sqlite.inspect.StoreEntries;
import dev.waxwing.recovery.store.EpochRecord;
import dev.waxwing.recovery.store.StoreReader;
import dev.waxwing.run.Execution;
import dev.waxwing.sink.Sink;
import dev.waxwing.source.Source;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.step.DataflowException;
import dev.waxwing.testing.CrashException;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an execution finds in a store that others have written, on the disk. */
@SuppressWarnings("SameNameButDifferent") // a record that changes keeps its name
final class RecoveryBehaviourTest {

    private final TestSink<Integer> out = new TestSink<>();

    @TempDir private Path temporary;
    private Path directory;
    private EmbeddedOptions options;

    @BeforeEach
    void setUp() {
        directory = temporary.resolve("store");
        options = options(RecoveryOptions.in(directory).withEpochInterval(Duration.ZERO));
    }

    @Test
    void continuationReadsWhatIsNew() throws Exception {
        Dataflow flow =
                sums(TestSource.of(1, 11, TestItems.endOfInput(), 21, TestItems.endOfInput(), 31));

        Runs.run(flow, options);
        assertThat(out.committed()).containsExactly(1, 12);
        Runs.run(flow, options);
        assertThat(out.committed()).containsExactly(1, 12, 33);
        Runs.run(flow, options);
        Runs.run(flow, options);
        assertThat(out.committed()).containsExactly(1, 12, 33, 64);
    }

    @Test
    void statesFollowTheirKeysFromThreeToFiveToOneWorker() throws Exception {
        List<Object> items = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            IntStream.range(0, 100).forEach(items::add);
            items.add(TestItems.endOfInput());
        }
        TestSource<Integer> source = TestSource.ofElements(items);
        Dataflow flow = sums(source.withBatchItems(10));

        for (int workers : new int[] {3, 5, 1}) {
            Runs.run(flow, options.withWorkers(workers));
        }

        /* Last digit d has ten numbers a round: 450 + 10 d. */
        assertThat(entries("flow.sum"))
                .containsExactlyEntriesOf(
                        new TreeMap<>(
                                IntStream.range(0, 10)
                                        .boxed()
                                        .collect(
                                                java.util.stream.Collectors.toMap(
                                                        digit -> "" + digit,
                                                        digit -> "" + 3 * (450 + 10 * digit)))));
        assertThat(out.committed()).hasSize(300);
    }

    /* As enums have it, and other classes in which a hash is an identity. */
    @Test
    void keysWhoseHashIsAnotherOneInEachProcessAreFound() throws Exception {
        List<Object> items = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            IntStream.range(0, 100).forEach(items::add);
            items.add(TestItems.endOfInput());
        }
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", TestSource.<Integer>ofElements(items).withBatchItems(10))
                .keyOn("key", number -> new Salted(number % 10))
                .statefulMap(
                        "count",
                        (@Nullable Integer count, Integer number) -> {
                            int now = (count == null ? 0 : count) + 1;
                            return StateUpdate.keep(now, now);
                        })
                .dropKey("count only")
                .output("out", out);

        for (int workers : new int[] {3, 5, 1}) {
            Salted.salt += 0x9E3779B9;
            Runs.run(flow, options.withWorkers(workers));
        }

        assertThat(entries("flow.count"))
                .hasSize(10)
                .allSatisfy((key, count) -> assertThat(count).isEqualTo("30"));
        assertThat(out.committed()).filteredOn(count -> count == 30).hasSize(10);
    }

    record Salted(int number) {

        static int salt;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Salted salted && salted.number == number;
        }

        @Override
        public int hashCode() {
            return salt ^ number * 0x85EBCA6B;
        }
    }

    @Test
    void olderEpochThatIsKeptCanBeReplayed() throws Exception {
        Dataflow flow = sums(TestSource.of(1, 11, 21, 31));
        RecoveryOptions keeping =
                RecoveryOptions.in(directory)
                        .withEpochInterval(Duration.ZERO)
                        .withRetention(Duration.ofDays(1));
        Runs.run(flow, options(keeping));
        long highest = epochs().get(epochs().size() - 1).epoch();
        assertThat(out.committed()).containsExactly(1, 12, 33, 64);

        Runs.run(flow, options(keeping.withResume(RecoveryOptions.Resume.replay(2))));

        assertThat(out.committed()).containsExactly(1, 12, 33, 64);
        assertThat(epochs())
                .filteredOn(EpochRecord::restorable)
                .extracting(EpochRecord::epoch)
                .startsWith(1L, 2L)
                .allMatch(epoch -> epoch <= 2 || epoch > highest);
    }

    @Test
    void epochThatIsNotKeptCannotBeReplayed() throws Exception {
        Dataflow flow = sums(TestSource.of(1, 11, 21, 31));
        Runs.run(flow, options);

        RecoveryOptions first =
                RecoveryOptions.in(directory).withResume(RecoveryOptions.Resume.replay(1));

        assertThat(Runs.failure(flow, options(first)))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("epoch 1");
    }

    @Test
    void freshStartIsTheFirstGenerationAndEndsTheFirstEpoch() throws Exception {
        Runs.run(sums(TestSource.of(1)), options(RecoveryOptions.in(directory)));

        assertThat(epochs()).extracting(EpochRecord::epoch).containsExactly(1L);
        assertThat(epochs()).extracting(EpochRecord::generation).containsExactly(1L);
    }

    @Test
    void aHundredThousandKeysAreRestored() throws Exception {
        List<Object> items = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            IntStream.range(0, 100_000).forEach(items::add);
            items.add(TestItems.endOfInput());
        }
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", TestSource.<Integer>ofElements(items).withBatchItems(1_000))
                .keyOn("self", number -> number)
                .statefulMap(
                        "count",
                        (Integer before, Integer number) -> {
                            int count = before == null ? 1 : before + 1;
                            return StateUpdate.keep(count, count);
                        })
                .output("out", out);
        EmbeddedOptions recovering = options(RecoveryOptions.in(directory)).withWorkers(2);

        Runs.run(flow, recovering);
        Runs.run(flow, recovering);

        assertThat(out.committed()).hasSize(200_000);
        assertThat(out.committed().subList(100_000, 200_000)).containsOnly(2);
    }

    @Test
    void epochNumbersGoOn() throws Exception {
        Dataflow flow = sums(TestSource.of(1, TestItems.endOfInput(), 2));
        Runs.run(flow, options);
        long before = epochs().get(epochs().size() - 1).epoch();

        Execution execution = Waxwing.start(flow, options);
        Runs.await(execution);

        assertThat(execution.counters().decidedEpoch()).isGreaterThan(before);
        assertThat(epochs()).allMatch(epoch -> epoch.epoch() >= before && epoch.generation() <= 2);
    }

    @Test
    void onlyTouchedKeysAreWritten() throws Exception {
        List<Object> items = new ArrayList<>();
        IntStream.range(0, 10).forEach(items::add);
        items.add(TestItems.endOfInput());
        items.addAll(List.of(1, 11, 2));
        Dataflow flow = sums(TestSource.<Integer>ofElements(items).withBatchItems(100));
        RecoveryOptions keeping =
                RecoveryOptions.in(directory)
                        .withEpochInterval(Duration.ofHours(1))
                        .withRetention(Duration.ofDays(1));
        Runs.run(flow, options(keeping));
        assertThat(written("flow.sum")).isEqualTo(10);

        Runs.run(flow, options(keeping));

        assertThat(written("flow.sum")).isEqualTo(10 + 2);
    }

    @Test
    void nothingOfAnUndecidedEpochIsEverSeen() throws Exception {
        Dataflow flow = sums(TestSource.of(1, 11, TestItems.crash(), 21));
        EmbeddedOptions oneEpoch =
                options(RecoveryOptions.in(directory).withEpochInterval(Duration.ofHours(1)));

        assertThat(CrashException.caused(Runs.failure(flow, oneEpoch))).isTrue();
        assertThat(epochs()).isEmpty();
        Runs.run(flow, oneEpoch);

        assertThat(out.committed()).containsExactly(1, 12, 33);
        assertThat(entries("flow.sum")).containsExactly(Map.entry("1", "33"));
    }

    @Test
    void changedTypeOfAComponentIsTold() throws Exception {
        Runs.run(carts(new Old.CartLogic(), TestSource.of(1)), options);

        assertThat(Runs.failure(carts(new Wrong.CartLogic(), TestSource.of(1)), options))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("state 'state' of step 'flow.cart'")
                .hasMessageContaining("component 'total' of CartState was int and is now String");
    }

    @Test
    void widenedAndAddedComponentsAreAdapted() throws Exception {
        Runs.run(carts(new Old.CartLogic(), TestSource.of(1, TestItems.endOfInput(), 2)), options);

        Runs.run(carts(new New.CartLogic(), TestSource.of(1, TestItems.endOfInput(), 2)), options);

        assertThat(out.committed()).containsExactly(1, 3);
    }

    @Test
    void newPartitionStartsAtItsBeginningAndOthersGoOn() throws Exception {
        Runs.run(sums(parts("a", 1, "b", 2)), options);

        Runs.run(sums(parts("a", 1, "b", 2, "c", 3)), options);

        assertThat(out.committed()).containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    void vanishedPartitionIsRefusedUnlessThatIsAllowed() throws Exception {
        Runs.run(sums(parts("a", 1, "b", 2)), options);
        Dataflow less = sums(parts("a", 1));

        assertThat(Runs.failure(less, options))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("step 'flow.in'")
                .hasMessageContaining("positions of the partitions 'b', but only 'a' were listed");
        Runs.run(less, options(changedParts()));
        Runs.run(less, options);

        assertThat(entries("flow.in").keySet()).containsExactly("a");
    }

    @Test
    void changedPartitionsOfASinkAreRefusedUnlessThatIsAllowed() throws Exception {
        Runs.run(sums(TestSource.of(1), new ListedSink("x", "y")), options);
        Dataflow changed = sums(TestSource.of(1), new ListedSink("x", "y", "z"));

        assertThat(Runs.failure(changed, options))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("step 'flow.out'")
                .hasMessageContaining("lists the partitions [x, y, z], but listed [x, y] before");
        Runs.run(changed, options(changedParts()));
        Runs.run(changed, options);
    }

    @Test
    void changedPartitionsOfARenamedSinkAreRefused() throws Exception {
        Runs.run(sums(TestSource.of(1), new ListedSink("x", "y")), options);
        Dataflow renamed = Dataflow.named("flow");
        renamed.input("in", TestSource.of(1))
                .keyOn("key", n -> n % 10)
                .output("file", new ListedSink("x", "y", "z"))
                .formerly("out");

        RecoveryOptions dropping =
                RecoveryOptions.in(directory)
                        .withResume(RecoveryOptions.Resume.newest().withDropped("flow.sum"));

        assertThat(Runs.failure(renamed, options(dropping)))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("step 'flow.file'")
                .hasMessageContaining("lists the partitions [x, y, z], but listed [x, y] before");
    }

    @Test
    void withoutRecoveryNothingIsSnapshotted() throws Exception {
        Probe probe = new Probe("logic.snapshot", new AssertionError("snapshot"));

        Runs.run(ProbeFlow.of(probe), EmbeddedOptions.defaults());

        assertThat(probe.closed()).isEqualTo(probe.opened());
    }

    @Test
    void storeOfAnotherDataflowIsRefused() throws Exception {
        Runs.run(sums(TestSource.of(1)), options);
        Dataflow other = Dataflow.named("payments");
        Tallies.of(other, TestSource.of(1)).output("out", out);

        assertThat(Runs.failure(other, options))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("belongs to dataflow 'flow', but 'payments' was started")
                .hasMessageContaining("give each dataflow a directory of its own");
    }

    @Test
    void directoryThatIsAFileIsRefused() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "mine");

        assertThat(refused(file)).hasMessageContaining("must be a directory, but is a file");
        assertThat(file).hasContent("mine");
    }

    @Test
    void directoryThatCannotBeWrittenToIsRefused() {
        assertThat(refused(Path.of("/proc/waxwing"))).hasMessageContaining("/proc/waxwing");
    }

    @Test
    void truncatedStoreIsRefusedAndNotChanged() throws Exception {
        Runs.run(sums(TestSource.of(1)), options);
        byte[] whole = Files.readAllBytes(file());
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        Files.write(file(), half);

        assertThat(refused(directory)).hasMessageContaining("damaged");
        assertThat(file()).hasBinaryContent(half);
    }

    @Test
    void corruptedStoreIsRefused() throws Exception {
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(1))
                .keyOn("key", number -> "a key that is easily found in the file")
                .statefulMap(
                        "sum", (@Nullable Integer sum, Integer number) -> StateUpdate.keep(1, 1))
                .output("out", out);
        Runs.run(flow, options);
        String content = Files.readString(file(), StandardCharsets.ISO_8859_1);
        assertThat(content).contains("easily found");
        Files.writeString(
                file(),
                content.replace("easily found", "hardly found"),
                StandardCharsets.ISO_8859_1);

        assertThat(Runs.failure(flow, options))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("of step 'flow.sum' is damaged");
    }

    @Test
    void newerFormatIsRefused() throws Exception {
        Runs.run(sums(TestSource.of(1)), options);
        sql("PRAGMA user_version=99");

        assertThat(refused(directory)).hasMessageContaining("has format 99");
    }

    @Test
    void fullDiskLeavesThePreviousEpochToResumeFrom() throws Exception {
        Dataflow flow = sums(TestSource.of(1, 11, 21, 31));
        FillingStore.Disk disk = new FillingStore.Disk(2);

        DataflowException failure = Runs.failure(start(flow, disk));

        assertThat(failure)
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("the disk is full");
        assertThat(epochs()).last().extracting(EpochRecord::epoch).isEqualTo(2L);
        disk.free();
        Runs.await(start(flow, disk));
        assertThat(out.committed()).containsExactly(1, 12, 33, 64);
    }

    @Test
    void fullDiskOfASinkLosesNothingAndLeavesNoHalfItem() throws Exception {
        FullDiskSink sink = new FullDiskSink(7);
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(1111, 2222, 3333)).output("out", sink);

        assertThat(Runs.failure(flow, options))
                .hasMessageContaining("writeBatch of partition 'file'")
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessage("No space left on device");
        sink.free();
        Runs.run(flow, options);

        assertThat(sink.content()).isEqualTo("1111\n2222\n3333\n");
    }

    private Dataflow sums(Source<Integer> source) {
        return sums(source, out);
    }

    private static Dataflow sums(Source<Integer> source, Sink<Integer> sink) {
        Dataflow flow = Dataflow.named("flow");
        Tallies.of(flow, source).dropKey("values").output("out", sink);
        return flow;
    }

    private static Dataflow sums(Source<Integer> source, ListedSink sink) {
        Dataflow flow = Dataflow.named("flow");
        Tallies.of(flow, source).output("out", sink);
        return flow;
    }

    private <S> Dataflow carts(
            dev.waxwing.state.StateMapper<S, Integer, Integer> logic, TestSource<Integer> source) {
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", source)
                .keyOn("key", number -> "all")
                .statefulMap("cart", logic)
                .dropKey("values")
                .output("out", out);
        return flow;
    }

    private static TestSource<Integer> parts(Object... namesAndItems) {
        Map<String, List<Object>> parts = new TreeMap<>();
        for (int i = 0; i < namesAndItems.length; i += 2) {
            parts.put((String) namesAndItems[i], List.of(namesAndItems[i + 1]));
        }
        return TestSource.partitions(parts);
    }

    private static EmbeddedOptions options(RecoveryOptions recovery) {
        return EmbeddedOptions.defaults().withRecovery(recovery);
    }

    private RecoveryOptions changedParts() {
        return RecoveryOptions.in(directory)
                .withResume(RecoveryOptions.Resume.newest().withChangedParts());
    }

    private Execution start(Dataflow flow, FillingStore.Disk disk) {
        EmbeddedExecution execution =
                new EmbeddedExecution(
                        flow.plan(),
                        options,
                        (location, name, storeOptions) ->
                                new FillingStore(
                                        EmbeddedRunner.open(location, name, storeOptions), disk),
                        EmbeddedExecution.BATCH_ITEMS);
        execution.start();
        return execution;
    }

    private DataflowException refused(Path path) {
        DataflowException failure =
                Runs.failure(sums(TestSource.of(1)), options(RecoveryOptions.in(path)));
        assertThat(failure).isInstanceOf(RecoveryException.class);
        return failure;
    }

    private Path file() {
        return directory.resolve("recovery.sqlite");
    }

    private List<EpochRecord> epochs() {
        try (StoreReader reader = SqliteRecoveryStore.read(directory)) {
            return reader.epochs();
        }
    }

    private Map<String, String> entries(String stepId) {
        Map<String, String> entries = new TreeMap<>();
        try (StoreReader reader = SqliteRecoveryStore.read(directory)) {
            new StoreEntries(reader)
                    .forEach(
                            reader.decidedEpoch(),
                            entry -> {
                                if (entry.state().stepPath().equals(stepId)) {
                                    entries.put(entry.key(), entry.value());
                                }
                            });
        }
        return entries;
    }

    /* How many entries of a step all epochs together have. */
    private long written(String stepId) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            return statement
                    .executeQuery(
                            "SELECT sum(entries) FROM page JOIN state ON page.state = state.id"
                                    + " WHERE state.step = '"
                                    + stepId
                                    + "'")
                    .getLong(1);
        }
    }

    private void sql(String text) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private static final class Old {
        record CartState(int total) {}

        static final class CartLogic
                implements dev.waxwing.state.StateMapper<CartState, Integer, Integer> {

            private static final long serialVersionUID = 1L;

            @Override
            public StateUpdate<CartState, Integer> map(@Nullable CartState state, Integer value) {
                int total = value + (state == null ? 0 : state.total());
                return StateUpdate.keep(new CartState(total), total);
            }
        }
    }

    private static final class Wrong {
        record CartState(String total) {}

        static final class CartLogic
                implements dev.waxwing.state.StateMapper<CartState, Integer, Integer> {

            private static final long serialVersionUID = 1L;

            @Override
            public StateUpdate<CartState, Integer> map(@Nullable CartState state, Integer value) {
                return StateUpdate.keep(new CartState("" + value), value);
            }
        }
    }

    private static final class New {
        record CartState(long total, @Nullable String coupon) {}

        static final class CartLogic
                implements dev.waxwing.state.StateMapper<CartState, Integer, Integer> {

            private static final long serialVersionUID = 1L;

            @Override
            public StateUpdate<CartState, Integer> map(@Nullable CartState state, Integer value) {
                long total = value + (state == null ? 0 : state.total());
                return StateUpdate.keep(new CartState(total, null), (int) total);
            }
        }
    }
}
