package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.run.Execution;
import dev.waxwing.sink.Commit;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.FencedException;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.TransactionalPartition;
import dev.waxwing.step.DeliveryException;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TargetFaults;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSource;
import dev.waxwing.testing.TransactionalTarget;
import dev.waxwing.testing.TwoPhaseTarget;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What becomes of decided epochs when targets, stores and other executions are not as they were.
 */
final class DeliveryTest {

    private static final TargetFaults DOWN =
            point -> {
                if (point.equals("apply.before")) {
                    throw new IOException("target is down");
                }
            };

    @TempDir private Path directory;

    private final TransactionalTarget<Integer> target = new TransactionalTarget<>("a");
    private final TestSource<Integer> source =
            TestSource.ofElements(
                    List.of(1, 2, TestItems.endOfInput(), 3, TestItems.endOfInput(), 4));

    @Test
    void nextExecutionCommitsWhatWasDecided() throws Exception {
        assertThatThrownBy(() -> run(store(), failing("apply.before")))
                .hasMessageContaining("step 'flow.out': committing epoch 1 of partition 'a' threw")
                .hasMessageContaining("target is down");
        assertThat(target.rows()).isEmpty();

        run(store(), target);

        assertThat(target.rows()).startsWith(1, 2).doesNotHaveDuplicates();
    }

    @Test
    void nextExecutionAsksTheMarkerWhenAReplyWasLost() throws Exception {
        assertThatThrownBy(() -> run(store(), failingEverAfter("apply.after")))
                .hasMessageContaining("target is down");
        assertThat(target.rows()).containsExactly(1, 2);

        run(store(), target);

        assertThat(target.rows()).startsWith(1, 2).doesNotHaveDuplicates();
    }

    @Test
    void outboxesAreGoneWhenAllIsCommitted() throws Exception {
        run(store(), target);

        try (Stream<Path> files = Files.list(store().resolve("segments"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void tornOutboxIsRefused() throws Exception {
        assertThatThrownBy(() -> run(store(), failing("apply.before")))
                .hasMessageContaining("target is down");
        cutOutbox();

        assertThatThrownBy(() -> run(store(), target))
                .hasMessageContaining("segment '")
                .hasMessageContaining("holds decided items")
                .hasMessageContaining("restore the directory of the store from a copy");
        assertThat(target.rows()).isEmpty();
    }

    @Test
    void missingOutboxIsRefused() throws Exception {
        assertThatThrownBy(() -> run(store(), failing("apply.before")))
                .hasMessageContaining("target is down");
        Files.delete(outbox());

        assertThatThrownBy(() -> run(store(), target)).hasMessageContaining("is missing");
        assertThat(target.rows()).isEmpty();
    }

    @Test
    void markerThatWentBackIsRefusedUnlessAdopted() throws Exception {
        run(store(), target);
        Marker before = Objects.requireNonNull(target.marker("a"));
        target.restore("a", new Marker(0, 1, before.lineage(), before.owner()));

        assertThatThrownBy(() -> run(store(), target))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("step 'flow.out'")
                .hasMessageContaining("restored from a backup")
                .hasMessageContaining("adopt");

        run(recovery(store()).withResume(adopting()), target);
        assertThat(target.rows()).containsExactly(1, 2, 3);
    }

    @Test
    void targetThatWasAdoptedIsNotRefusedAgainThoughNothingWasWrittenSince() throws Exception {
        run(store(), target);
        run(store(), target);
        run(store(), target);
        Marker before = Objects.requireNonNull(target.marker("a"));
        target.restore("a", new Marker(0, before.generation(), before.lineage(), before.owner()));
        run(recovery(store()).withResume(adopting()), target);

        run(store(), target);

        assertThat(target.rows()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void epochsAfterAnAdoptionAreNewerThanTheOneThatTheTargetHeld() throws Exception {
        run(store(), target);
        Marker before = Objects.requireNonNull(target.marker("a"));
        long ahead = before.epoch() + 10;
        target.restore(
                "a", new Marker(ahead, before.generation(), before.lineage(), before.owner()));

        run(recovery(store()).withResume(adopting()), target);

        assertThat(target.rows()).containsExactly(1, 2, 3);
        assertThat(Objects.requireNonNull(target.marker("a")).epoch()).isGreaterThan(ahead);
    }

    @Test
    void emptiedTargetIsRefused() throws Exception {
        run(store(), target);
        target.restore("a", null);

        assertThatThrownBy(() -> run(store(), target)).hasMessageContaining("it was emptied");
    }

    @Test
    void olderCopyOfTheStoreIsRefusedHoweverOftenItIsStarted() throws Exception {
        run(store(), target);
        Path copy = copyOfTheStore();
        run(store(), target);

        for (int start = 1; start <= 4; start++) {
            assertThatThrownBy(() -> run(copy, target))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("the recovery store was copied")
                    .hasMessageContaining("restored from an older copy");
        }
        run(store(), target);
        assertThat(target.rows()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void storeIsRefusedForGoodOnceItsCopyHasGoneOn() throws Exception {
        run(store(), target);
        Path copy = copyOfTheStore();
        assertThatThrownBy(() -> run(store(), failing("claim.before")))
                .hasMessageContaining("target is down");

        run(copy, target);

        for (int start = 1; start <= 3; start++) {
            assertThatThrownBy(() -> run(store(), target))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("the recovery store was copied");
        }
        run(copy, target);
        assertThat(target.rows()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void whatIsDecidedIsNotTakenForTheEpochOfTheSameNumberThatACopyHasCommitted() throws Exception {
        run(store(), target);
        Path copy = copyOfTheStore();
        assertThatThrownBy(() -> run(store(), failing("apply.before")))
                .hasMessageContaining("target is down");

        assertThatThrownBy(() -> run(copy, target)).hasMessageContaining("was copied");
        assertThatThrownBy(() -> run(copy, target)).hasMessageContaining("was copied");
        run(store(), target);

        assertThat(target.rows()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void copyThatKnowsLessThanTheTargetLeavesTheMarkerToTheStoreThatKnowsMore() throws Exception {
        Path[] copy = new Path[1];
        var copied =
                target.withFaults(
                        point -> {
                            if (point.equals("apply.before") && copy[0] == null) {
                                copy[0] = copyOfTheStore();
                            }
                        });
        run(store(), copied);
        run(store(), target);
        Marker before = target.marker("a");

        assertThatThrownBy(() -> run(copy[0], target))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("the recovery store was copied");

        assertThat(target.marker("a")).isEqualTo(before);
        run(store(), target);
        assertThat(target.rows()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void epochThatAnExecutionCommittedAfterItsStoreWasCopiedIsUnknownToTheCopy() throws Exception {
        run(store(), target);
        Marker before = Objects.requireNonNull(target.marker("a"));
        long unknown = before.epoch() + 1;
        target.restore(
                "a", new Marker(unknown, before.generation(), before.lineage(), before.owner()));

        assertThatThrownBy(() -> run(store(), target))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("holds epoch " + unknown)
                .hasMessageContaining("the recovery store was copied");
    }

    @Test
    void anotherStoreIsRefusedUnlessAdopted() throws Exception {
        run(store(), target);
        Path other = directory.resolve("other");

        assertThatThrownBy(() -> run(other, target))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("written from another recovery store");

        run(recovery(other).withResume(adopting()), target);
        assertThat(target.rows()).startsWith(1, 2);
    }

    @Test
    void executionThatWakesAfterACopyHasGoneOnCommitsNothing() throws Exception {
        run(store(), target);
        var applying = new CountDownLatch(1);
        var awake = new CountDownLatch(1);
        var sleepy =
                target.withFaults(
                        point -> {
                            if (point.equals("apply.before")) {
                                applying.countDown();
                                awake.await();
                            }
                        });

        try (Execution older = Waxwing.start(flow(sleepy), options(recovery(store())))) {
            applying.await();
            run(copyOfTheStore(), target);
            awake.countDown();

            assertThatThrownBy(older::await)
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("was taken over by generation 3");
        }
        assertThatThrownBy(() -> run(store(), target)).hasMessageContaining("was copied");
        assertThat(target.rows()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void replayThatCannotClaimAllTargetsLeavesAllAsItWas() throws Exception {
        var files = new TwoPhaseTarget<Integer>("a");
        var stuck =
                files.withFaults(
                        point -> {
                            if (point.equals("commit.before")) {
                                throw new IOException("files are down");
                            }
                        });
        RecoveryOptions kept = recovery(store()).withRetention(Duration.ofDays(1));
        runBoth(kept, files, target);
        assertThatThrownBy(() -> runBoth(kept, stuck, target)).hasMessageContaining("are down");

        RecoveryOptions replaying = kept.withResume(RecoveryOptions.Resume.replay(1));
        assertThatThrownBy(() -> runBoth(replaying, files, failing("claim.before")))
                .hasMessageContaining("target is down");

        runBoth(kept, files, target);
        assertThat(target.rows()).containsExactly(1, 2, 3, 4);
        assertThat(files.items()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void replayThatWasClaimedGoesOnWithTheNextStart() throws Exception {
        RecoveryOptions kept = recovery(store()).withRetention(Duration.ofDays(1));
        run(kept, target);
        run(kept, target);

        RecoveryOptions replaying = kept.withResume(RecoveryOptions.Resume.replay(1));
        assertThatThrownBy(() -> run(replaying, failing("apply.before")))
                .hasMessageContaining("target is down");

        run(kept, target);
        assertThat(target.rows()).containsExactly(1, 2, 3, 3, 4);
    }

    @Test
    void fencedExecutionDoesNotStartAgainByItself() throws Exception {
        run(store(), target);
        Marker before = Objects.requireNonNull(target.marker("a"));
        target.restore("a", new Marker(1, 99, before.lineage(), before.owner()));

        assertThatThrownBy(() -> Waxwing.run(flow(target), restarting()))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("generation 99");
    }

    @ParameterizedTest
    @ValueSource(strings = {"write.before", "prepare.before", "commit.before", "abort.before"})
    void executionThatIsFencedAtAnyCallDoesNotStartAgainByItself(String point) {
        var fenced =
                new TwoPhaseTarget<Integer>("a")
                        .withFaults(
                                at -> {
                                    if (at.equals(point)) {
                                        throw new FencedException("taken over by generation 9");
                                    }
                                });

        assertThatThrownBy(() -> Waxwing.run(flow(fenced), restarting()))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("step 'flow.out'")
                .hasMessageEndingWith(": taken over by generation 9");
    }

    private EmbeddedOptions restarting() {
        return options(recovery(store()))
                .withRestarts(
                        RestartPolicy.upTo(1_000)
                                .withBackOff(Duration.ofDays(1), Duration.ofDays(1)));
    }

    @Test
    void sinkThatLeavesRowsUnreadStopsThoughTheTargetHasItsMarker() {
        assertThatThrownBy(() -> run(store(), new Hasty(target)))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("step 'flow.out': partition 'a': apply has written epoch 1")
                .hasMessageContaining("has read 1 of its 2 rows")
                .hasMessageContaining("mend the sink")
                .hasMessageContaining("replay from an epoch before");
    }

    @Test
    void outboxStaysCutAsItWasWhenTheSizeOfBatchesChanges() throws Exception {
        var batches = new SentBatches();
        assertThatThrownBy(() -> run(store(), batches.ofItems(1).failing()))
                .hasMessageContaining("target is down");

        run(store(), batches.ofItems(100));

        assertThat(batches.sent()).startsWith(List.of(1), List.of(1), List.of(1), List.of(2));
    }

    @Test
    void stepThatIsRenamedKeepsItsMarkerAndWhatItHasToCommit() throws Exception {
        var marks = new TreeSet<String>();
        assertThatThrownBy(
                        () -> run(store(), new Watched(target.withFaults(DOWN), new TreeSet<>())))
                .hasMessageContaining("target is down");
        var renamed = Dataflow.named("flow");
        renamed.input("in", source).output("new", new Watched(target, marks)).formerly("out");

        Waxwing.run(renamed, options(recovery(store())));

        assertThat(target.rows()).startsWith(1, 2).doesNotHaveDuplicates();
        assertThat(marks).containsExactly("flow.out");
    }

    @Test
    void stepThatIsRenamedKeepsItsMarkerWhenItsFormerNameIsForgotten() throws Exception {
        var marks = new TreeSet<String>();
        var watched = new Watched(target, marks);
        run(store(), watched);
        var renamed = Dataflow.named("flow");
        renamed.input("in", source).output("new", watched).formerly("out");
        Waxwing.run(renamed, options(recovery(store())));
        var later = Dataflow.named("flow");
        later.input("in", source).output("new", watched);

        Waxwing.run(later, options(recovery(store())));

        assertThat(target.rows()).containsExactly(1, 2, 3, 4);
        assertThat(marks).containsExactly("flow.out");
    }

    @Test
    void dataflowThatIsRenamedKeepsItsMarkersAndWhatItHasToCommit() throws Exception {
        var marks = new TreeSet<String>();
        assertThatThrownBy(
                        () -> run(store(), new Watched(target.withFaults(DOWN), new TreeSet<>())))
                .hasMessageContaining("target is down");
        var renamed = Dataflow.named("river").formerly("flow");
        renamed.input("in", source).output("new", new Watched(target, marks)).formerly("out");
        Waxwing.run(renamed, options(recovery(store())));
        var later = Dataflow.named("river");
        later.input("in", source).output("new", new Watched(target, marks));

        Waxwing.run(later, options(recovery(store())));

        assertThat(target.rows()).startsWith(1, 2).doesNotHaveDuplicates();
        assertThat(marks).containsExactly("flow.out");
    }

    @Test
    void newStepDoesNotTakeTheMarkerOfOneThatWasRenamed() throws Exception {
        run(store(), target);
        var renamed = Dataflow.named("flow");
        renamed.input("in", source).output("new", target).formerly("out");
        Waxwing.run(renamed, options(recovery(store())));
        var both = Dataflow.named("flow");
        var in = both.input("in", source);
        in.output("new", target);
        in.output("out", new TransactionalTarget<Integer>("a"));

        assertThatThrownBy(() -> Waxwing.run(both, options(recovery(store()))))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("steps 'flow.new' and 'flow.out'")
                .hasMessageContaining("give the new step another name");
    }

    private EpochSink<Integer> failing(String where) {
        return target.withFaults(
                point -> {
                    if (point.equals(where)) {
                        throw new IOException("target is down");
                    }
                });
    }

    /* As one that went away for good when it had done its work. */
    private EpochSink<Integer> failingEverAfter(String where) {
        boolean[] down = {false};
        return target.withFaults(
                point -> {
                    down[0] |= point.equals(where);
                    if (down[0]) {
                        throw new IOException("target is down");
                    }
                });
    }

    private void run(Path store, EpochSink<Integer> sink) throws InterruptedException {
        run(recovery(store), sink);
    }

    private void run(RecoveryOptions recovery, EpochSink<Integer> sink)
            throws InterruptedException {
        Waxwing.run(flow(sink), options(recovery));
    }

    private void runBoth(
            RecoveryOptions recovery, EpochSink<Integer> first, EpochSink<Integer> second)
            throws InterruptedException {
        FailurePolicy policy = FailurePolicy.retry(2).withBackOff(Duration.ZERO, Duration.ZERO);
        var flow = Dataflow.named("flow");
        var in = flow.input("in", source);
        in.output("first", first).onFailure(policy);
        in.output("second", second).onFailure(policy);
        Waxwing.run(flow, options(recovery));
    }

    private Dataflow flow(EpochSink<Integer> sink) {
        var flow = Dataflow.named("flow");
        flow.input("in", source)
                .output("out", sink)
                .onFailure(FailurePolicy.retry(2).withBackOff(Duration.ZERO, Duration.ZERO));
        return flow;
    }

    private static EmbeddedOptions options(RecoveryOptions recovery) {
        return EmbeddedOptions.defaults().withRecovery(recovery);
    }

    private static RecoveryOptions recovery(Path store) {
        return RecoveryOptions.in(store);
    }

    private static RecoveryOptions.Resume adopting() {
        return RecoveryOptions.Resume.newest().withAdoption();
    }

    private Path store() {
        return directory.resolve("store");
    }

    private Path copyOfTheStore() throws IOException {
        Path copy = directory.resolve("copy");
        try (Stream<Path> files = Files.walk(store())) {
            for (Path file : files.toList()) {
                Path to = copy.resolve(store().relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else if (!file.getFileName().toString().equals("lock")) {
                    Files.copy(file, to);
                }
            }
        }
        return copy;
    }

    private Path outbox() throws IOException {
        try (Stream<Path> files = Files.list(store().resolve("segments"))) {
            return files.findFirst().orElseThrow();
        }
    }

    private void cutOutbox() throws IOException {
        try (FileChannel file = FileChannel.open(outbox(), StandardOpenOption.WRITE)) {
            file.truncate(file.size() - 1);
        }
    }

    /** Notes by which step's name the target is marked. */
    private record Watched(TransactionalTarget<Integer> target, Set<String> marks)
            implements EpochSink<Integer> {

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
                    marks.add(owner.step());
                    assertThat(owner.step()).startsWith(owner.dataflow() + ".");
                    return inner.claim(owner);
                }

                @Override
                public void apply(Commit commit, List<Integer> rows) throws Exception {
                    marks.add(commit.owner().step());
                    inner.apply(commit, rows);
                }
            };
        }
    }

    /** Takes the first row of an epoch for all. */
    private record Hasty(TransactionalTarget<Integer> target) implements EpochSink<Integer> {

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
                    inner.apply(commit, rows.subList(0, 1));
                }
            };
        }
    }
}
