package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.waxwing.Dataflow;
import dev.waxwing.Stream;
import dev.waxwing.function.Consumer;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Chains over numbers allocate nothing once they are compiled: what makes them ten times as fast is
 * lost by a single look at the box of a number (docs/decisions/0007).
 */
class ChainAllocationTest {

    private static final int ATTEMPTS = 3;
    private static final Duration LIMIT = Duration.ofSeconds(15);

    /** A box has 16 bytes. */
    private static final double NO_BOX = 4;

    /** A header and two numbers. */
    private static final double A_RECORD = 32;

    @Test
    void chainOfMapsAndFiltersDoesNotAllocate() throws Exception {
        assertThat(
                        bytesAnItem(
                                NO_BOX,
                                numbers ->
                                        numbers.map("next", x -> x + 1)
                                                .filter("some", x -> (x & 7) != 5)
                                                .map("mix", x -> x * 31 + 7)
                                                .filter("others", x -> x % 3 != 0)
                                                .map("twist", x -> x ^ 0x5bd1e995L)))
                .isLessThan(NO_BOX);
    }

    @Test
    void chainDoesNotAllocateTheRecordsThatOneStepMakesForTheNext() throws Exception {
        record Pair(long left, long right) {}
        assertThat(
                        bytesAnItem(
                                A_RECORD,
                                numbers ->
                                        numbers.map("pair", x -> new Pair(x, x + 1))
                                                .filter("some", pair -> (pair.left() & 7) != 5)
                                                .map("sum", pair -> pair.left() + pair.right())))
                .isLessThan(A_RECORD);
    }

    /* The compiler's profile is a matter of luck to a degree: the best of some attempts. */
    private static double bytesAnItem(double enough, UnaryOperator<Stream<Long>> steps)
            throws Exception {
        double least = Double.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS && least >= enough; attempt++) {
            Seen seen = new Seen(enough);
            Dataflow flow = Dataflow.named("chain");
            steps.apply(flow.input("numbers", new Numbers(seen))).forEach("meter", new Meter(seen));
            Waxwing.run(flow);
            least = Math.min(least, seen.least);
        }
        return least;
    }

    /** The least that was allocated between two looks, and whether that is enough to know. */
    private static final class Seen {

        private final double enough;
        private final long endNanos = System.nanoTime() + LIMIT.toNanos();
        private volatile double least = Double.MAX_VALUE;
        private volatile boolean done;

        Seen(double enough) {
            this.enough = enough;
        }

        void bytesAnItem(double bytes) {
            least = Math.min(least, bytes);
            done = least < enough || System.nanoTime() > endNanos;
        }
    }

    /** Looks now and then what its thread has allocated. */
    private static final class Meter implements Consumer<Long> {

        private static final long serialVersionUID = 1L;
        private static final int ITEMS = 1 << 22;
        private static final ThreadMXBean THREADS =
                (ThreadMXBean) ManagementFactory.getThreadMXBean();

        private final transient Seen seen;
        private long items;
        private long before;

        Meter(Seen seen) {
            this.seen = seen;
        }

        @Override
        public void accept(Long item) {
            if (++items == ITEMS) {
                look();
            }
        }

        private void look() {
            long now = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            if (before > 0) {
                seen.bytesAnItem((now - before) / (double) ITEMS);
            }
            before = now;
            items = 0;
        }
    }

    /** Emits numbers until enough has been seen. */
    private record Numbers(Seen seen) implements FixedPartitionedSource<Long, Long> {

        @Override
        public List<String> listParts() {
            return List.of("all");
        }

        @Override
        public StatefulSourcePartition<Long, Long> buildPart(
                String stepId, String forPart, @Nullable Long resumeState) {
            return new NumbersPartition(seen);
        }
    }

    private static final class NumbersPartition implements StatefulSourcePartition<Long, Long> {

        private static final int BATCH = 1_000;

        private final Seen seen;
        private long position;

        NumbersPartition(Seen seen) {
            this.seen = seen;
        }

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Long> out) {
            long end = position + BATCH;
            for (long i = position; i < end; i++) {
                out.emit(i);
            }
            position = end;
            return seen.done ? SourceStatus.ENDED : SourceStatus.OPEN;
        }

        @Override
        public Long snapshot() {
            return position;
        }
    }
}
