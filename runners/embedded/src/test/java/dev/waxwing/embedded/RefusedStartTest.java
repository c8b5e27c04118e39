package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.recovery.sqlite.StoreBackup;
import dev.waxwing.sink.Commit;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.TransactionalPartition;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.Source;
import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSource;
import dev.waxwing.testing.TransactionalTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that is refused leaves nothing that makes a later one different. */
final class RefusedStartTest {

    @TempDir private Path directory;

    private final TransactionalTarget<Integer> first = new TransactionalTarget<>("a", "b");
    private final TransactionalTarget<Integer> second = new TransactionalTarget<>("a");
    private final TestSource<Integer> source =
            TestSource.ofElements(
                    List.of(1, 2, TestItems.endOfInput(), 3, TestItems.endOfInput(), 4));

    @Test
    void refusalOfAnotherSinkLeavesNoMarker() throws Exception {
        second.restore("a", foreign());

        assertThatThrownBy(() -> run("store", source, first, second))
                .hasMessageContaining("step 'flow.second'")
                .hasMessageContaining("written from another recovery store");

        assertThat(first.marker("a")).isNull();
        assertThat(first.marker("b")).isNull();
        second.restore("a", null);
        run("other", source, first, second);
        assertThat(first.rows()).containsExactly(1, 2);
    }

    @Test
    void targetThatCannotBeLookedAtForAMomentIsLookedAtAgain() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        EpochSink<Integer> lost =
                first.withFaults(
                        point -> {
                            if (point.equals("look.before") && looks.incrementAndGet() == 1) {
                                throw new IOException("connection lost");
                            }
                        });

        run("store", source, lost, second);

        assertThat(looks).hasValueGreaterThan(1);
        assertThat(first.rows()).containsExactly(1, 2);
    }

    @Test
    void targetThatIsDownAtTheClaimLeavesTheMarkersOfOthersAsTheyWere() throws Exception {
        run("store", source, first, second);
        Marker before = first.marker("a");

        assertThatThrownBy(() -> run("store", source, first, failing(second, "claim.before")))
                .hasMessageContaining("is down");

        assertThat(first.marker("a")).isEqualTo(before);
    }

    @Test
    void claimThatMayHaveBeenMadeIsGivenBackToo() throws Exception {
        assertThatThrownBy(() -> run("store", source, first, failing(second, "claim.after")))
                .hasMessageContaining("is down");

        assertThat(first.marker("a")).isNull();
        assertThat(second.marker("a")).isNull();
    }

    @Test
    void sourceThatCannotBeOpenedLeavesNoMarker() throws Exception {
        assertThatThrownBy(() -> run("store", missing(), first, second))
                .hasMessageContaining("no such file");

        assertThat(first.marker("a")).isNull();
        run("other", source, first, second);
        assertThat(first.rows()).containsExactly(1, 2);
    }

    @Test
    void sourceThatCannotBeOpenedLeavesTheMarkersOfEarlierExecutionsAsTheyWere() throws Exception {
        run("store", source, first, second);
        Marker before = first.marker("a");

        assertThatThrownBy(() -> run("store", missing(), first, second))
                .hasMessageContaining("no such file");

        assertThat(first.marker("a")).isEqualTo(before);
        run("store", source, first, second);
        assertThat(first.rows()).containsExactly(1, 2, 3);
    }

    @Test
    void storeGoesOnWhenAStartFromItsCopyWasRefused() throws Exception {
        run("store", source, first, second);
        copyOfTheStore();

        assertThatThrownBy(() -> run("copy", missing(), first, second))
                .hasMessageContaining("no such file");

        run("store", source, first, second);
        assertThat(first.rows()).containsExactly(1, 2, 3);
    }

    @Test
    void storeGoesOnWhenAStartFromItsBackupWasRefusedByOneOfTheTargets() throws Exception {
        Path store = directory.resolve("store");
        Path backup = directory.resolve("backup");
        TestSource<Integer> numbers =
                TestSource.ofElements(List.of(1, 2, TestItems.decided(), 3, 4));
        var flow = Dataflow.named("flow");
        var in =
                flow.input("in", numbers)
                        .inspect(
                                "backup",
                                (step, n) -> {
                                    if (n == 3) {
                                        StoreBackup.take(store, backup);
                                    }
                                });
        in.filter("few", n -> n < 3).output("first", first);
        in.output("second", second);
        run(RecoveryOptions.in(store).withEpochInterval(Duration.ZERO), flow);
        Marker before = first.marker("a");

        assertThatThrownBy(() -> run(RecoveryOptions.in(backup), flow))
                .hasMessageContaining("step 'flow.second'")
                .hasMessageContaining("the recovery store was copied");

        assertThat(first.marker("a")).isEqualTo(before);
        run(RecoveryOptions.in(store), flow);
        assertThat(first.rows()).containsExactly(1, 2);
        assertThat(second.rows()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void markerThatWasAdoptedByARefusedStartIsPutBack() throws Exception {
        Marker foreign = foreign();
        first.restore("a", foreign);
        var adopting =
                RecoveryOptions.in(directory.resolve("store"))
                        .withResume(RecoveryOptions.Resume.newest().withAdoption());

        assertThatThrownBy(() -> run(adopting, flow(missing(), first, second)))
                .hasMessageContaining("no such file");

        assertThat(first.marker("a")).isEqualTo(foreign);
    }

    @Test
    void targetThatWasEmptiedIsFoundBeforeAnythingIsClaimed() throws Exception {
        run("store", source, first, second);
        Marker before = first.marker("a");
        second.restore("a", null);

        assertThatThrownBy(() -> run("store", source, failing(first, "claim.before"), second))
                .hasMessageContaining("it was emptied");
        assertThat(first.marker("a")).isEqualTo(before);
        assertThat(second.marker("a")).isNull();
    }

    @Test
    void emptiedTargetThatCannotBeLookedAtIsFoundWhenItIsClaimed() throws Exception {
        run("store", source, first, new Unseen(second));
        second.restore("a", null);

        assertThatThrownBy(() -> run("store", source, first, new Unseen(second)))
                .hasMessageContaining("it was emptied");
    }

    @Test
    void targetThatWasAdoptedEmptyMayStaySo() throws Exception {
        run("store", source, first, second);
        run("store", source, first, second);
        run("store", source, first, second);
        second.restore("a", null);
        assertThatThrownBy(() -> run("store", source, first, second))
                .hasMessageContaining("it was emptied");
        var adopting =
                RecoveryOptions.in(directory.resolve("store"))
                        .withResume(RecoveryOptions.Resume.newest().withAdoption());

        run(adopting, flow(source, first, second));
        run("store", source, first, second);

        assertThat(Objects.requireNonNull(second.marker("a")).epoch()).isZero();
    }

    @Test
    void targetThatWasEmptiedWhileAnEpochIsNotCommittedIsFound() throws Exception {
        run("store", source, first, second);
        assertThatThrownBy(() -> run("store", source, first, failing(second, "apply.before")))
                .hasMessageContaining("is down");
        second.restore("a", null);

        assertThatThrownBy(() -> run("store", source, first, second))
                .hasMessageContaining("holds epoch 0, but epoch 1 was committed to it");
    }

    @Test
    void storeStaysIfAClaimCannotBeGivenBack() throws Exception {
        assertThatThrownBy(() -> run("store", missing(), first, new Unseen(second)))
                .hasMessageContaining("no such file");

        run("store", source, first, new Unseen(second));

        assertThat(second.rows()).containsExactly(1, 2);
    }

    @Test
    void storeStaysIfAClaimCannotBeGivenBackWhenAnotherIsRefused() throws Exception {
        EpochSink<Integer> down = failing(second, "claim.before");
        assertThatThrownBy(() -> run("store", source, new Unseen(first), down))
                .hasMessageContaining("is down");
        run("store", source, new Unseen(first), second);
        assertThat(first.rows()).containsExactly(1, 2);
    }

    @Test
    void storeStaysIfATargetDoesNotForgetItWhenAnotherIsRefused() throws Exception {
        EpochSink<Integer> down = failing(second, "claim.before");
        assertThatThrownBy(() -> run("store", source, failing(first, "release.before"), down))
                .hasMessageContaining("is down");
        assertThat(first.marker("a")).isNotNull();

        run("store", source, first, second);
        assertThat(first.rows()).containsExactly(1, 2);
    }

    @Test
    void startThatHasCommittedWhatWasDecidedKeepsItsClaim() throws Exception {
        assertThatThrownBy(() -> run("store", source, first, failing(second, "apply.before")))
                .hasMessageContaining("is down");
        assertThatThrownBy(() -> run("store", source, first, failing(second, "apply.before")))
                .hasMessageContaining("is down");

        assertThat(Objects.requireNonNull(second.marker("a")).generation()).isEqualTo(2);
    }

    @Test
    void startThatHasRewoundTheStoreKeepsItsClaim() throws Exception {
        var kept = RecoveryOptions.in(directory.resolve("store")).withRetention(Duration.ofDays(1));
        run(kept, flow(source, first, second));
        run(kept, flow(source, first, second));
        var replaying = kept.withResume(RecoveryOptions.Resume.replay(1));

        assertThatThrownBy(() -> run(replaying, flow(missing(), first, second)))
                .hasMessageContaining("no such file");

        assertThat(Objects.requireNonNull(first.marker("a")).generation()).isEqualTo(3);
    }

    @Test
    void damagedOutboxIsFoundBeforeAnythingIsClaimed() throws Exception {
        assertThatThrownBy(() -> run("store", source, failing(first, "apply.before"), second))
                .hasMessageContaining("is down");
        Marker before = first.marker("a");
        damageOutboxes();

        assertThatThrownBy(() -> run("store", source, first, second))
                .isInstanceOf(RecoveryException.class);

        assertThat(first.marker("a")).isEqualTo(before);
        assertThat(first.rows()).isEmpty();
    }

    @Test
    void storeThatARefusedStartHasMadeIsGone() {
        assertThatThrownBy(() -> run("store", missing(), first, second))
                .hasMessageContaining("no such file");

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void directoryThatWasThereBeforeARefusedStartStaysAsItWas() throws Exception {
        Path notes = Files.createDirectory(directory.resolve("store")).resolve("notes.txt");
        Files.writeString(notes, "mine");
        second.restore("a", foreign());

        assertThatThrownBy(() -> run("store", source, first, second))
                .hasMessageContaining("written from another recovery store");

        assertThat(directory.resolve("store")).isDirectoryContaining("glob:**notes.txt");
        try (Stream<Path> files = Files.list(directory.resolve("store"))) {
            assertThat(files).containsExactly(notes);
        }
    }

    @Test
    void storeThatCannotBeForgottenByATargetStays() throws Exception {
        assertThatThrownBy(() -> run("store", missing(), failing(first, "release.before"), second))
                .hasMessageContaining("no such file");
        assertThat(first.marker("a")).isNotNull();

        run("store", source, first, second);
        assertThat(first.rows()).containsExactly(1, 2);
    }

    @Test
    void refusedStartOfARenamedDataflowLeavesTheStoreToTheFormerName() throws Exception {
        run("store", source, first, second);
        var renamed = Dataflow.named("river").formerly("flow");
        var in = renamed.input("in", source);
        in.output("other", first);
        in.output("second", second);

        assertThatThrownBy(() -> run(RecoveryOptions.in(directory.resolve("store")), renamed))
                .isNotNull();

        run("store", source, first, second);
        assertThat(first.rows()).containsExactly(1, 2, 3);
    }

    private Unopened missing() {
        return new Unopened(source);
    }

    private static Marker foreign() {
        return new Marker(7, 3, new UUID(0, 1), new UUID(0, 2));
    }

    private static EpochSink<Integer> failing(TransactionalTarget<Integer> target, String where) {
        return target.withFaults(
                point -> {
                    if (point.equals(where)) {
                        throw new IOException("target is down");
                    }
                });
    }

    private void run(
            String store, Source<Integer> from, EpochSink<Integer> one, EpochSink<Integer> other)
            throws InterruptedException {
        run(RecoveryOptions.in(directory.resolve(store)), flow(from, one, other));
    }

    private static void run(RecoveryOptions recovery, Dataflow flow) throws InterruptedException {
        Waxwing.run(flow, EmbeddedOptions.defaults().withRecovery(recovery));
    }

    private static Dataflow flow(
            Source<Integer> from, EpochSink<Integer> one, EpochSink<Integer> other) {
        var retrying = FailurePolicy.retry(2).withBackOff(Duration.ZERO, Duration.ZERO);
        var flow = Dataflow.named("flow");
        var in = flow.input("in", from);
        in.output("first", one).onFailure(retrying);
        in.output("second", other).onFailure(retrying);
        return flow;
    }

    private void damageOutboxes() throws IOException {
        try (Stream<Path> outboxes = Files.list(directory.resolve("store/segments"))) {
            for (Path outbox : outboxes.toList()) {
                byte[] bytes = Files.readAllBytes(outbox);
                bytes[bytes.length - 1] ^= 1;
                Files.write(outbox, bytes);
            }
        }
    }

    private void copyOfTheStore() throws IOException {
        Path from = directory.resolve("store");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path to = directory.resolve("copy").resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else if (!file.endsWith("lock")) {
                    Files.copy(file, to);
                }
            }
        }
    }

    /** The same partitions, none of which can be opened. */
    private record Unopened(TestSource<Integer> source)
            implements FixedPartitionedSource<Integer, Integer> {

        @Override
        public List<String> listParts() {
            return source.listParts();
        }

        @Override
        public StatefulSourcePartition<Integer, Integer> buildPart(
                String stepId, String forPart, @Nullable Integer resumeState) throws IOException {
            throw new IOException("no such file");
        }
    }

    /** The same target without a way to look at its markers, or to give them back. */
    private record Unseen(TransactionalTarget<Integer> target) implements EpochSink<Integer> {

        @Override
        public List<String> listParts() {
            return target.listParts();
        }

        @Override
        public TransactionalPartition<Integer> buildPart(String stepId, String forPart) {
            var inner = target.buildPart(stepId, forPart);
            return new TransactionalPartition<>() {
                @Override
                public @Nullable Marker claim(Owner owner) throws Exception {
                    return inner.claim(owner);
                }

                @Override
                public void apply(Commit commit, List<Integer> rows) throws Exception {
                    inner.apply(commit, rows);
                }
            };
        }
    }
}
