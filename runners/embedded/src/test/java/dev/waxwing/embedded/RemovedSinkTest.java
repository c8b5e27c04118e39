package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.function.TypeRef;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.recovery.RecoveryOptions.Resume;
import dev.waxwing.sink.Commit;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.TransactionalPartition;
import dev.waxwing.step.DeliveryException;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSource;
import dev.waxwing.testing.TransactionalTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sink whose target was down leaves the dataflow, or one of its partitions does. */
final class RemovedSinkTest {

    private final TransactionalTarget<Integer> target = new TransactionalTarget<>("a");
    private final TestSource<Integer> source =
            TestSource.ofElements(List.of(1, 2, TestItems.endOfInput(), 3));

    @TempDir private Path directory;

    @BeforeEach
    void decideWhatIsNotCommitted() {
        assertThatThrownBy(() -> run("out", down(target), Resume.newest()))
                .hasMessageContaining("target is down");
    }

    @Test
    void sinkIsNotRemovedBeforeWhatIsDecidedForItIsCommitted() throws Exception {
        var other = new TransactionalTarget<Integer>("a");

        assertThatThrownBy(() -> run("other", other, Resume.newest()))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("step 'flow.out' is not in the dataflow")
                .hasMessageContaining("its target may lack")
                .hasMessageContaining("say formerly(...) if the step was renamed")
                .hasMessageContaining("--drop-state \"flow.out\"");

        run("out", target, Resume.newest());
        assertThat(target.rows()).startsWith(1, 2).doesNotHaveDuplicates();
        assertThatThrownBy(() -> run("other", other, Resume.newest()))
                .hasMessageContaining("state 'partitions' of step 'flow.out', which no step");
        run("other", other, Resume.newest().withDropped("flow.out"));
        run("other", other, Resume.newest());
    }

    @Test
    void sinkIsRemovedWithWhatItHadToCommitIfTheUserSaysSo() throws Exception {
        var other = new TransactionalTarget<Integer>("a");

        run("other", other, Resume.newest().withDropped("flow.out"));

        assertThat(target.rows()).isEmpty();
        assertThat(other.rows()).containsExactly(3);
    }

    @Test
    void partitionIsNotTakenAwayBeforeWhatIsDecidedForItIsCommitted() throws Exception {
        var others = new TransactionalTarget<Integer>("b");
        Resume changed = changed();

        assertThatThrownBy(() -> run("out", others, changed))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("step 'flow.out' does not list partition 'a'")
                .hasMessageContaining("its target may lack");

        run("out", target, Resume.newest());
        assertThat(target.rows()).startsWith(1, 2).doesNotHaveDuplicates();
    }

    @Test
    void partitionIsTakenAwayWithWhatItHadToCommitIfTheUserSaysSo() throws Exception {
        var others = new TransactionalTarget<Integer>("b");

        run("out", others, Resume.newest().withChangedParts().withAdoption());

        assertThat(target.rows()).isEmpty();
        assertThat(others.rows()).containsExactly(3);
        run("out", others, Resume.newest());
        assertThat(others.rows()).containsExactly(3);
    }

    @Test
    void whatWasGivenUpStaysSoAlsoIfTheNextEpochIsNotCommitted() throws Exception {
        var others = new TransactionalTarget<Integer>("b");
        assertThatThrownBy(() -> run("out", down(others), changed().withAdoption()))
                .hasMessageContaining("target is down");

        run("out", others, Resume.newest());

        assertThat(target.rows()).isEmpty();
        assertThat(others.rows()).containsExactly(3);
    }

    @Test
    void damagedOutboxOfAPartitionIsGivenUpWithIt() throws Exception {
        var others = new TransactionalTarget<Integer>("b");
        damageOutboxes();
        assertThatThrownBy(() -> run("out", target, Resume.newest()))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("has a chunk whose checksum is wrong");

        run("out", others, changed().withAdoption());

        assertThat(others.rows()).containsExactly(3);
        run("out", others, Resume.newest());
    }

    @Test
    void partitionsThatWereOpenedAreClosedIfOneIsNotClaimed() {
        Queue<String> closed = new ConcurrentLinkedQueue<>();
        assertThatThrownBy(
                        () -> run("other", new Closing(closed), changed().withDropped("flow.out")))
                .hasMessageContaining("no claim today");

        assertThat(closed).containsExactly("a", "b");
    }

    private static EpochSink<Integer> down(TransactionalTarget<Integer> target) {
        return target.withFaults(
                point -> {
                    if (point.equals("apply.before")) {
                        throw new IOException("target is down");
                    }
                });
    }

    private void damageOutboxes() throws IOException {
        try (Stream<Path> outboxes = Files.list(directory.resolve("segments"))) {
            for (Path outbox : outboxes.toList()) {
                byte[] bytes = Files.readAllBytes(outbox);
                bytes[bytes.length - 1] ^= 1;
                Files.write(outbox, bytes);
            }
        }
    }

    private static Resume changed() {
        return Resume.newest().withChangedParts();
    }

    /** A sink whose second partition cannot be claimed. */
    private record Closing(Queue<String> closed) implements EpochSink<Integer> {

        @Override
        public List<String> listParts() {
            return List.of("a", "b");
        }

        @Override
        public TransactionalPartition<Integer> buildPart(String stepId, String part) {
            return new TransactionalPartition<>() {
                @Override
                public @Nullable Marker claim(Owner owner) {
                    if (part.equals("b")) {
                        throw new IllegalStateException("no claim today");
                    }
                    return null;
                }

                @Override
                public void apply(Commit commit, List<Integer> rows) {}

                @Override
                public void close() {
                    closed.add(part);
                }
            };
        }

        @Override
        public TypeRef<Integer> itemType() {
            return TypeRef.of(Integer.class);
        }
    }

    private void run(String step, EpochSink<Integer> sink, Resume resume)
            throws InterruptedException {
        var flow = Dataflow.named("flow");
        flow.input("in", source)
                .output(step, sink)
                .onFailure(FailurePolicy.retry(2).withBackOff(Duration.ZERO, Duration.ZERO));
        Waxwing.run(
                flow,
                EmbeddedOptions.defaults()
                        .withRecovery(RecoveryOptions.in(directory).withResume(resume)));
    }
}
