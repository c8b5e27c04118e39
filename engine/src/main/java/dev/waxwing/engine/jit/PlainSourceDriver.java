package dev.waxwing.engine.jit;

import dev.waxwing.engine.site.Call;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.engine.worker.PartitionReader;
import dev.waxwing.engine.worker.SourceDriver;
import dev.waxwing.engine.worker.SourceStage;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourcePartition;
import dev.waxwing.source.SourceStatus;
import java.time.Instant;
import java.util.Objects;

/**
 * Reads a partition into an emitter of each call's own, which is of one of several classes in turn.
 */
public final class PlainSourceDriver implements SourceDriver {

    /*
     * A partition's class is the user's and not copied, so its nextBatch has one profile and one compiled form for all
     * workers and executions of the JVM. It becomes a part of a ConstantSourceDriver's loop, where the chain is a constant,
     * only if that form is small. A nextBatch that has emitted to one or two classes only is compiled with their chains
     * inside, is big, and stays outside. So it is first shown three, which belong to no execution: with a class
     * that is unloaded the profile of the call would go, too.
     */
    private static final int CLASSES = 3;

    private final SourceEmitter<Object> head;
    private final StepSite site;
    private int next;

    /**
     * @param head takes what is emitted
     * @param site of the source
     */
    public PlainSourceDriver(SourceEmitter<Object> head, StepSite site) {
        this.head = head;
        this.site = site;
    }

    @Override
    public void drive(PartitionReader reader, SourceStage stage) throws Exception {
        SourcePartition<Object> partition = reader.partition();
        SourceStatus status;
        Instant awake;
        do {
            SourceCall call = call();
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

    private SourceCall call() {
        next = next + 1 < CLASSES ? next + 1 : 0;
        return switch (next) {
            case 0 -> new First(head, site);
            case 1 -> new Second(head, site);
            default -> new Third(head, site);
        };
    }

    /** Does the same, but is of another class. */
    public SourceDriver another() {
        return new Another(this);
    }

    private record Another(SourceDriver driver) implements SourceDriver {
        @Override
        public void drive(PartitionReader reader, SourceStage stage) throws Exception {
            driver.drive(reader, stage);
        }
    }

    private abstract static class SourceCall extends Call implements SourceEmitter<Object> {

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

    private static final class First extends SourceCall {
        First(SourceEmitter<Object> head, StepSite site) {
            super(head, site);
        }
    }

    private static final class Second extends SourceCall {
        Second(SourceEmitter<Object> head, StepSite site) {
            super(head, site);
        }
    }

    private static final class Third extends SourceCall {
        Third(SourceEmitter<Object> head, StepSite site) {
            super(head, site);
        }
    }
}
