package dev.waxwing.engine.jit;

import dev.waxwing.engine.worker.PartitionReader;
import dev.waxwing.engine.worker.SourceDriver;
import dev.waxwing.engine.worker.SourceStage;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourcePartition;
import dev.waxwing.source.SourceStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Reads a partition into one of several emitters that all lead to the same head, in turn. */
public final class PlainSourceDriver implements SourceDriver {

    /*
     * A partition's class is the user's and not copied, so its nextBatch has one profile and one compiled form for all
     * workers and executions of the JVM. It becomes a part of a ConstantSourceDriver's loop, where the chain is a constant,
     * only if that form is small. A nextBatch that has emitted to one or two classes only is compiled with their chains
     * inside, is big, and stays outside. So it is first shown three, which belong to no execution: with a class
     * that is unloaded the profile of the call would go, too.
     */
    private final List<SourceEmitter<Object>> emitters;
    private int next;

    public PlainSourceDriver(SourceEmitter<Object> head) {
        emitters = List.of(new First(head), new Second(head), new Third(head));
    }

    @Override
    public void drive(PartitionReader reader, SourceStage stage) throws Exception {
        SourcePartition<Object> partition = reader.partition();
        SourceStatus status;
        Instant awake;
        do {
            next = next + 1 < emitters.size() ? next + 1 : 0;
            status = partition.nextBatch(emitters.get(next));
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

    private abstract static class Passing implements SourceEmitter<Object> {

        private final SourceEmitter<Object> head;

        Passing(SourceEmitter<Object> head) {
            this.head = head;
        }

        @Override
        public void emit(Object item) {
            head.emit(item);
        }

        @Override
        public boolean hasRoom() {
            return head.hasRoom();
        }

        @Override
        public void reject(Object raw, Exception cause) {
            head.reject(raw, cause);
        }
    }

    private static final class First extends Passing {
        First(SourceEmitter<Object> head) {
            super(head);
        }
    }

    private static final class Second extends Passing {
        Second(SourceEmitter<Object> head) {
            super(head);
        }
    }

    private static final class Third extends Passing {
        Third(SourceEmitter<Object> head) {
            super(head);
        }
    }
}
