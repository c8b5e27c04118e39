package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.sink.FencedException;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Outcome;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.PartialWriteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of a directory: when they can be seen, what they are called, what is found wrong. */
final class RollingSinkTest {

    private static final UUID STORE = UUID.fromString("1f0c9a2e-0000-0000-0000-000000000001");

    @TempDir private Path directory;

    private final AtomicLong nanos = new AtomicLong();
    private RollOptions options = RollOptions.defaults();

    @Test
    void nothingCanBeSeenBeforeTheCommit() throws Exception {
        try (var writer = claimed(1)) {
            writer.writeBatch(List.of("a", "b"));
            assertThat(visible()).isEmpty();
            List<StagedPart> staged = writer.prepare(7);
            assertThat(visible()).isEmpty();

            assertThat(writer.commit(staged.get(0))).isEqualTo(Outcome.committed());

            assertThat(visible()).containsExactly(name(7, 1));
            assertThat(directory.resolve(name(7, 1))).hasContent("a\nb\n");
            assertThat(hidden("staged")).isEmpty();
        }
    }

    @Test
    void stepThatHasWrittenNothingHasNoPart() throws Exception {
        try (var writer = claimed(1)) {
            assertThat(writer.prepare(1)).isEmpty();
        }
    }

    @Test
    void partEndsWithItsEpoch() throws Exception {
        try (var writer = claimed(1)) {
            writer.writeBatch(List.of("a"));
            List<StagedPart> first = writer.prepare(1);
            writer.writeBatch(List.of("b"));
            List<StagedPart> second = writer.prepare(2);
            writer.commit(first.get(0));
            writer.commit(second.get(0));
        }

        assertThat(directory.resolve(name(1, 1))).hasContent("a\n");
        assertThat(directory.resolve(name(2, 1))).hasContent("b\n");
    }

    @Test
    void partEndsWithTheItemThatMakesItAsLongAsItMayBe() throws Exception {
        options = options.withBytesMax(4);
        try (var writer = claimed(1)) {
            writer.writeBatch(List.of("a", "b", "long one", "c"));
            List<StagedPart> staged = writer.prepare(1);

            assertThat(staged).extracting(StagedPart::bytes).containsExactly(4L, 9L, 2L);
            assertThat(staged)
                    .extracting(StagedPart::name)
                    .containsExactly(name(1, 1), name(1, 2), name(1, 3));
            assertThat(staged)
                    .extracting(StagedPart::endsEpoch)
                    .containsExactly(false, false, true);
        }
    }

    @Test
    void partEndsWhenItIsOldAndMoreComes() throws Exception {
        options = options.withAgeMax(Duration.ofSeconds(10));
        try (var writer = claimed(1)) {
            writer.writeBatch(List.of("a"));
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(9));
            writer.writeBatch(List.of("b"));
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
            writer.writeBatch(List.of("c"));

            assertThat(writer.prepare(1)).extracting(StagedPart::bytes).containsExactly(4L, 2L);
        }
    }

    @Test
    void secondCommitFindsWhatIsThere() throws Exception {
        StagedPart staged;
        try (var writer = claimed(1)) {
            staged = staged(writer, 1, "a");
            writer.commit(staged);
        }
        try (var writer = claimed(2)) {
            assertThat(writer.commit(staged)).isEqualTo(Outcome.alreadyCommitted());
        }
        assertThat(visible()).containsExactly(name(1, 1));
    }

    @Test
    void nextExecutionCommitsWhatTheLastHasStaged() throws Exception {
        StagedPart staged;
        try (var writer = claimed(1)) {
            staged = staged(writer, 3, "a");
        }
        try (var writer = claimed(2)) {
            writer.abortBeyond(3);
            assertThat(writer.commit(staged)).isEqualTo(Outcome.committed());
        }
        assertThat(directory.resolve(name(3, 1))).hasContent("a\n");
    }

    @Test
    void stagedPartThatIsMissingIsLost() throws Exception {
        try (var writer = claimed(1)) {
            StagedPart staged = staged(writer, 1, "a");
            Files.delete(directory.resolve(staged.stagedAs()));

            assertThat(writer.commit(staged))
                    .isInstanceOfSatisfying(
                            Outcome.Lost.class,
                            lost ->
                                    assertThat(lost.reason())
                                            .contains(staged.stagedAs())
                                            .contains("is missing")
                                            .contains("bring it back"));
        }
    }

    @Test
    void stagedPartThatWasChangedIsLost() throws Exception {
        StagedPart staged;
        try (var writer = claimed(1)) {
            staged = staged(writer, 1, "a");
        }
        Files.writeString(directory.resolve(staged.stagedAs()), "b\n");
        try (var writer = claimed(2)) {
            assertThat(writer.commit(staged).toString()).contains("another checksum");
        }
        assertThat(visible()).isEmpty();
    }

    @Test
    void stagedPartThatWasCutIsLost() throws Exception {
        try (var writer = claimed(1)) {
            StagedPart staged = staged(writer, 1, "a");
            Files.writeString(directory.resolve(staged.stagedAs()), "a");

            assertThat(writer.commit(staged).toString()).contains("has 1 bytes in place of 2");
        }
    }

    @Test
    void fileInThePlaceOfAPartIsNeverOverwritten() throws Exception {
        try (var writer = claimed(1)) {
            StagedPart staged = staged(writer, 1, "a");
            Files.writeString(directory.resolve(staged.name()), "important\n");

            assertThat(writer.commit(staged).toString())
                    .contains("is in the place of a part")
                    .contains("move it away");
        }
        assertThat(directory.resolve(name(1, 1))).hasContent("important\n");
    }

    @Test
    void leftoversOfOlderExecutionsBeyondTheDecidedEpochAreSwept() throws Exception {
        /* As a process that dies: nothing is closed. */
        var dead = claimed(1);
        StagedPart decided = staged(dead, 1, "a");
        staged(dead, 2, "b");
        dead.writeBatch(List.of("c"));

        try (var writer = claimed(2)) {
            writer.abortBeyond(1);
            assertThat(hidden("staged")).containsExactly(decided.stagedAs());
            assertThat(hidden("open")).isEmpty();
        }
    }

    @Test
    void olderExecutionThatWakesUpDoesNotSweepAndDoesNotCommit() throws Exception {
        try (var older = claimed(1);
                var newer = claimed(2)) {
            StagedPart staged = staged(newer, 5, "new");
            StagedPart late = staged(older, 5, "old");

            assertThatThrownBy(() -> older.abortBeyond(1))
                    .isInstanceOf(FencedException.class)
                    .hasMessageContaining("taken over by generation 2");
            assertThatThrownBy(() -> older.commit(late)).isInstanceOf(FencedException.class);
            assertThat(newer.commit(staged)).isEqualTo(Outcome.committed());
        }
        assertThat(directory.resolve(name(5, 1))).hasContent("new\n");
    }

    @Test
    void olderExecutionWhoseOpenPartsWereSweptIsFenced() throws Exception {
        try (var older = claimed(1);
                var newer = claimed(2)) {
            older.writeBatch(List.of("old"));
            newer.abortBeyond(0);

            assertThatThrownBy(() -> older.prepare(5))
                    .isInstanceOf(FencedException.class)
                    .hasMessageContaining("taken over by generation 2");
        }
    }

    @Test
    void whatANewerExecutionHasStagedIsNotSwept() throws Exception {
        StagedPart staged;
        try (var newer = claimed(2)) {
            staged = staged(newer, 5, "new");
        }
        Files.delete(directory.resolve(hidden("owner").get(0)));
        try (var older = claimed(1)) {
            older.abortBeyond(1);
        }
        assertThat(hidden("staged")).containsExactly(staged.stagedAs());
    }

    @Test
    void leftoversOfOtherStepsAndWritersAreNotSwept() throws Exception {
        try (var other = build();
                var second = build()) {
            other.claim(owner(1, "flow.other", "writer-00", STORE));
            second.claim(owner(1, "flow.out", "writer-01", STORE));
            staged(other, 9, "a");
            staged(second, 9, "b");
        }
        try (var writer = claimed(2)) {
            writer.abortBeyond(1);
        }
        assertThat(hidden("staged")).hasSize(2);
    }

    @Test
    void whatAnotherExecutionOfTheSameGenerationHasStagedIsNotSwept() throws Exception {
        StagedPart staged;
        try (var other = claimed(2)) {
            staged = staged(other, 5, "other");
        }
        Files.delete(directory.resolve(hidden("owner").get(0)));
        try (var writer = claimed(2)) {
            writer.abortBeyond(1);
        }
        assertThat(hidden("staged")).containsExactly(staged.stagedAs());
    }

    @Test
    void whoAdoptsSweepsWhateverOthersHaveLeftAndNothingOfItsOwn() throws Exception {
        /* As a process that dies: nothing is closed. */
        var dead = claimed(3);
        staged(dead, 2, "a");
        dead.writeBatch(List.of("b"));

        try (var writer = build()) {
            writer.claim(adopting(new UUID(0xabcdef0100000000L, 1)));
            StagedPart own = staged(writer, 5, "own");
            writer.abortBeyond(1);

            assertThat(hidden("staged")).containsExactly(own.stagedAs());
            assertThat(hidden("open")).isEmpty();
        }
    }

    @Test
    void newerOwnerIsNotTakenOver() throws Exception {
        claimed(3).close();

        assertThatThrownBy(() -> claimed(2))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("generation 3");
    }

    @Test
    void ownerOfAnotherStoreIsOnlyTakenOverIfToldTo() throws Exception {
        claimed(3).close();
        UUID other = new UUID(0xabcdef0100000000L, 1);

        try (var writer = build()) {
            assertThatThrownBy(() -> writer.claim(owner(1, "flow.out", "writer-00", other)))
                    .isInstanceOf(FencedException.class)
                    .hasMessageContaining("another recovery store");
            Marker found = writer.claim(adopting(other));

            assertThat(found).isNotNull();
            assertThat(staged(writer, 1, "a").name()).contains("-abcdef01-");
        }
    }

    @Test
    void claimTellsTheEpochThatIsThere() throws Exception {
        try (var writer = claimed(1)) {
            writer.commit(staged(writer, 4, "a"));
            staged(writer, 5, "b");
        }
        try (var writer = build()) {
            Marker found = writer.claim(owner(2, "flow.out", "writer-00", STORE));
            assertThat(found).isNotNull();
            assertThat(found.epoch()).isEqualTo(4);
            writer.abortBeyond(5);
        }
        try (var writer = build()) {
            Marker found = writer.claim(owner(3, "flow.out", "writer-00", STORE));
            assertThat(found).isNotNull();
            assertThat(found.epoch()).isEqualTo(4);
        }
        assertThat(hidden("progress")).isEmpty();
    }

    @Test
    void epochIsReachedWithItsLastPart() throws Exception {
        options = options.withBytesMax(1);
        try (var writer = claimed(1)) {
            writer.writeBatch(List.of("a", "b"));
            List<StagedPart> parts = writer.prepare(4);

            writer.commit(parts.get(0));
            assertThat(reached()).isZero();
            writer.commit(parts.get(1));
            assertThat(reached()).isEqualTo(4);
        }
    }

    @Test
    void epochWhoseLastPartIsLostIsNotReached() throws Exception {
        try (var writer = claimed(1)) {
            StagedPart staged = staged(writer, 4, "a");
            Files.delete(directory.resolve(staged.stagedAs()));

            assertThat(writer.commit(staged)).isInstanceOf(Outcome.Lost.class);
            assertThat(reached()).isZero();
        }
    }

    @Test
    void tornProgressIsNone() throws Exception {
        try (var writer = claimed(1)) {
            writer.commit(staged(writer, 4, "a"));
        }
        Files.writeString(directory.resolve(hidden("progress").get(0)), "4");

        try (var writer = build()) {
            Marker found = writer.claim(owner(2, "flow.out", "writer-00", STORE));
            assertThat(found).isNotNull();
            assertThat(found.epoch()).isZero();
        }
    }

    @Test
    void ownerFileThatIsNoneIsRefused() throws Exception {
        claimed(1).close();
        Files.writeString(directory.resolve(hidden("owner").get(0)), "nonsense\n");

        assertThatThrownBy(() -> claimed(2))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("says who writes to the directory")
                .hasMessageContaining("remove it");
    }

    @Test
    void packedPartIsGzip() throws Exception {
        options = options.withPacking(RollOptions.Packing.GZIP);
        try (var writer = claimed(1)) {
            writer.writeBatch(List.of("a", "b"));
            writer.writeBatch(List.of("c"));
            writer.commit(writer.prepare(1).get(0));
        }

        assertThat(visible()).containsExactly(name(1, 1) + ".gz");
        assertThat(Collected.all(TextFiles.directory(directory, "*")).items)
                .containsExactly("a", "b", "c");
    }

    @Test
    void eachCsvPartHasTheHeader() throws Exception {
        var sink =
                CsvFiles.rolling(directory, Row.class)
                        .withOptions(RollOptions.defaults().withBytesMax(10));
        try (var writer = sink.buildPart("flow.out", "writer-00")) {
            writer.claim(owner(1, "flow.out", "writer-00", STORE));
            writer.writeBatch(List.of(new Row(1, "x,y"), new Row(2, "z")));
            for (StagedPart part : writer.prepare(1)) {
                writer.commit(part);
            }
        }

        assertThat(contents()).containsExactly("n,text\n1,\"x,y\"\n", "n,text\n2,z\n");
    }

    @Test
    void jsonPartHasALineAnItem() throws Exception {
        try (var writer = JsonFiles.rolling(directory).buildPart("flow.out", "writer-00")) {
            writer.claim(owner(1, "flow.out", "writer-00", STORE));
            writer.writeBatch(List.of(new Row(1, "a\nb")));
            writer.commit(writer.prepare(1).get(0));
        }

        assertThat(contents()).containsExactly("{\"n\":1,\"text\":\"a\\nb\"}\n");
    }

    @Test
    void itemsThatCannotBeEncodedAreNamedAndTheOthersWritten() throws Exception {
        try (var writer = dividing()) {
            assertThatThrownBy(() -> writer.writeBatch(List.of(1, 0, 2, 0)))
                    .isInstanceOfSatisfying(
                            PartialWriteException.class,
                            e -> assertThat(e.failed()).containsExactly(1, 3));
            writer.commit(writer.prepare(1).get(0));
        }

        assertThat(contents()).containsExactly("10\n5\n");
    }

    @Test
    void partWithoutAnyItemIsNone() throws Exception {
        try (var writer = dividing()) {
            assertThatThrownBy(() -> writer.writeBatch(List.of(0)))
                    .isInstanceOf(PartialWriteException.class);

            assertThat(writer.prepare(1)).isEmpty();
        }
        assertThat(hidden("open")).isEmpty();
    }

    @Test
    void nothingIsLeftOfWhatWasNotPrepared() throws Exception {
        var writer = claimed(1);
        writer.writeBatch(List.of("a"));
        writer.close();

        assertThat(hidden("open")).isEmpty();
    }

    @Test
    void namesOfStepsAreMadeFitForFiles() throws Exception {
        try (var writer = build()) {
            writer.claim(owner(1, "my flow.a/b*", "writer-00", STORE));

            assertThat(staged(writer, 1, "a").name()).startsWith("my%20flow.a%2Fb%2A-writer-00-");
        }
    }

    @Test
    void hiddenFilesAreNoInput() throws Exception {
        try (var writer = claimed(1)) {
            writer.commit(staged(writer, 1, "a"));
            staged(writer, 2, "b");
            writer.writeBatch(List.of("c"));

            assertThat(TextFiles.directory(directory, "**").listParts())
                    .containsExactly(name(1, 1));
        }
    }

    @Test
    void missingDirectoryIsRefusedAtTheStart() {
        assertThatThrownBy(() -> TextFiles.rolling(directory.resolve("gone")).listParts())
                .hasMessageContaining("output directory")
                .hasMessageContaining("does not exist; make it");
    }

    @Test
    void directoryInWhichNoFileCanBeMadeIsRefusedAtTheStart() {
        var writer = TextFiles.rolling(Path.of("/proc")).buildPart("flow.out", "writer-00");

        assertThatThrownBy(() -> writer.claim(owner(1, "flow.out", "writer-00", STORE)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("output directory '/proc'")
                .hasMessageContaining("let this user make");
    }

    @Test
    void writersAreNamedAndKeysRouted() throws Exception {
        var sink =
                TextFiles.rolling(directory)
                        .withOptions(RollOptions.defaults().withWriters(3))
                        .withPartFn(key -> (Integer) key);

        assertThat(sink.listParts()).containsExactly("writer-00", "writer-01", "writer-02");
        assertThat(sink.partFn(2)).isEqualTo(2);
        assertThat(TextFiles.rolling(directory).partFn(new Object())).isZero();
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        RollOptions defaults = RollOptions.defaults();

        assertThatThrownBy(() -> defaults.withWriters(0)).hasMessageContaining("writers must be 1");
        assertThatThrownBy(() -> defaults.withBytesMax(0)).hasMessageContaining("bytesMax");
        assertThatThrownBy(() -> defaults.withAgeMax(Duration.ZERO)).hasMessageContaining("ageMax");
        assertThatThrownBy(() -> RollingSink.to(directory, "a/b", (item, line) -> {}))
                .hasMessageContaining("no slashes");
    }

    private record Row(int n, String text) {}

    private RollingPartition<String> build() {
        var lines =
                new EncodedLines<String>(
                        (item, line) -> line.write(item), new byte[] {'\n'}, MalformedText.REJECT);
        String suffix = options.packing() == RollOptions.Packing.GZIP ? ".txt.gz" : ".txt";
        return new RollingPartition<>(directory, suffix, lines, options, nanos::get);
    }

    private RollingPartition<String> claimed(long generation) throws Exception {
        RollingPartition<String> partition = build();
        partition.claim(owner(generation, "flow.out", "writer-00", STORE));
        return partition;
    }

    private RollingPartition<Integer> dividing() throws Exception {
        var lines =
                new EncodedLines<Integer>(
                        (item, line) -> line.write(Integer.toString(10 / item)),
                        new byte[] {'\n'},
                        MalformedText.REJECT);
        var partition = new RollingPartition<>(directory, ".txt", lines, options, nanos::get);
        partition.claim(owner(1, "flow.out", "writer-00", STORE));
        return partition;
    }

    private static StagedPart staged(RollingPartition<String> writer, long epoch, String... items)
            throws Exception {
        writer.writeBatch(List.of(items));
        return writer.prepare(epoch).get(0);
    }

    private static Owner owner(long generation, String step, String part, UUID store) {
        return new Owner(
                store, generation, UUID.randomUUID(), found -> true, false, "flow", step, part);
    }

    private static Owner adopting(UUID store) {
        return new Owner(
                store, 1, UUID.randomUUID(), found -> false, true, "flow", "flow.out", "writer-00");
    }

    /** The epoch that the next execution finds. */
    private long reached() throws Exception {
        try (var next = build()) {
            Marker found = next.look(owner(9, "flow.out", "writer-00", STORE));
            return Objects.requireNonNull(found).epoch();
        }
    }

    private static String name(long epoch, int number) {
        return String.format("flow.out-writer-00-1f0c9a2e-%012d-%04d.txt", epoch, number);
    }

    private List<String> visible() throws IOException {
        return names().stream().filter(name -> !name.startsWith(".")).toList();
    }

    private List<String> hidden(String kind) throws IOException {
        return names().stream().filter(name -> name.endsWith(".waxwing-" + kind)).toList();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private List<String> contents() throws IOException {
        List<String> contents = new ArrayList<>();
        for (String name : visible()) {
            contents.add(Files.readString(directory.resolve(name)));
        }
        return contents;
    }
}
