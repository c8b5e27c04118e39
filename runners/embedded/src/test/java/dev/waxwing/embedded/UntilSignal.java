package dev.waxwing.embedded;

import dev.waxwing.Dataflow;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service that counts until it is told to stop, and says each number. Its only epoch is the one
 * that a graceful stop ends.
 */
final class UntilSignal implements FixedPartitionedSource<Long, Long> {

    private static final long serialVersionUID = 1L;

    private UntilSignal() {}

    public static void main(String[] args) {
        Dataflow flow = Dataflow.named("until-signal");
        flow.input("numbers", new UntilSignal()).forEach("say", number -> say("" + number));
        RecoveryOptions recovery =
                RecoveryOptions.in(Path.of(args[0])).withEpochInterval(Duration.ofHours(1));
        Waxwing.runUntilSignal(flow, EmbeddedOptions.defaults().withRecovery(recovery));
    }

    private static void say(String what) {
        System.out.println(what);
        System.out.flush();
    }

    @Override
    public List<String> listParts() {
        return List.of("only");
    }

    @Override
    public StatefulSourcePartition<Long, Long> buildPart(
            String step, String part, @Nullable Long from) {
        return new Numbers(from == null ? 0 : from);
    }

    private static final class Numbers implements StatefulSourcePartition<Long, Long> {

        private long next;

        Numbers(long from) {
            next = from;
        }

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Long> out) {
            out.emit(next++);
            return SourceStatus.OPEN;
        }

        @Override
        public Instant nextAwake() {
            return Instant.now().plusMillis(2);
        }

        @Override
        public Long snapshot() {
            return next;
        }
    }
}
