package dev.waxwing.engine.worker;

import dev.waxwing.engine.site.Call;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourcePartition;
import dev.waxwing.source.SourceStatus;
import java.time.Instant;
import java.util.Objects;

/**
 * Reads a partition into an emitter of each call's own, so that one of an earlier call is refused.
 *
 * @param head takes what is emitted
 * @param site of the source
 */
public record CallSourceDriver(SourceEmitter<Object> head, StepSite site) implements SourceDriver {

    @Override
    public void drive(PartitionReader reader, SourceStage stage) throws Exception {
        SourcePartition<Object> partition = reader.partition();
        SourceStatus status;
        Instant awake;
        do {
            SourceCall call = new SourceCall(head, site);
            try {
                status = partition.nextBatch(call);
            } finally {
                call.end();
            }
            if (status != SourceStatus.OPEN) {
                break;
            }
            try {
                awake = partition.nextAwake();
            } catch (Throwable thrown) {
                throw stage.awakeFailed(reader, thrown);
            }
        } while (stage.goesOn(reader, awake));
        reader.answered(Objects.requireNonNull(status, "nextBatch returned null"));
    }

    private static final class SourceCall extends Call implements SourceEmitter<Object> {

        private final SourceEmitter<Object> head;
        private final StepSite site;

        SourceCall(SourceEmitter<Object> head, StepSite site) {
            this.head = head;
            this.site = site;
        }

        @Override
        public void emit(Object item) {
            enter(site);
            try {
                head.emit(item);
            } finally {
                leave();
            }
        }

        @Override
        public void reject(Object raw, Exception cause) {
            enter(site);
            try {
                head.reject(raw, cause);
            } finally {
                leave();
            }
        }

        @Override
        public boolean hasRoom() {
            return head.hasRoom();
        }
    }
}
