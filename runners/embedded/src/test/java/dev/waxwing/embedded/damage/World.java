package dev.waxwing.embedded.damage;

import dev.waxwing.sink.Commit;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.StatefulSinkPartition;
import dev.waxwing.sink.TransactionalPartition;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * All that is outside of a store: a log that is written by position, and rows with a marker, which
 * an execution finds as the ones before have left them.
 */
final class World {

    /** How the target of rows answers. */
    enum Target {
        UP,
        DOWN,
        SILENT
    }

    private final List<String> log = new ArrayList<>();
    private final List<String> rows = new ArrayList<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);
    private final Target target;
    private int calls;
    private @Nullable Marker marker;
    private int decided;

    /**
     * @param calls how many calls are answered
     */
    World(Target target, int calls) {
        this.target = target;
        this.calls = calls;
    }

    /** What is there, with another target that answers so many calls. */
    synchronized World copy(Target newTarget, int newCalls) {
        World copy = new World(newTarget, newCalls);
        copy.log.addAll(log);
        copy.rows.addAll(rows);
        copy.marker = marker;
        return copy;
    }

    /** Whether a call is answered. */
    synchronized boolean answers() {
        return calls-- > 0;
    }

    /** All that was written, in order of its text. */
    synchronized List<String> written() {
        List<String> all = new ArrayList<>(log);
        all.addAll(rows);
        all.sort(null);
        return all;
    }

    /** Waits until the target of rows has been asked to take some. */
    boolean isAskedWithin(Duration time) throws InterruptedException {
        return asked.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How many lines of the log are decided. */
    synchronized int decided() {
        return decided;
    }

    LogSink logSink() {
        return new LogSink(this);
    }

    RowSink rowSink() {
        return new RowSink(this);
    }

    /** Returns to a position, and writes behind it. */
    static final class LogSink implements FixedPartitionedSink<String, String, Integer> {

        private static final long serialVersionUID = 1L;

        private final transient World world;

        LogSink(World world) {
            this.world = world;
        }

        @Override
        public List<String> listParts() {
            return List.of("log");
        }

        @Override
        public StatefulSinkPartition<String, Integer> buildPart(
                String stepId, String forPart, @Nullable Integer resumeState) throws IOException {
            synchronized (world) {
                int position = resumeState == null ? 0 : resumeState;
                if (position > world.log.size()) {
                    throw new IOException("the log is shorter than " + position + " lines");
                }
                world.log.subList(position, world.log.size()).clear();
                world.decided = position;
            }
            return new LogPartition(world);
        }
    }

    private record LogPartition(World world) implements StatefulSinkPartition<String, Integer> {

        @Override
        public void writeBatch(List<String> lines) {
            synchronized (world) {
                world.log.addAll(lines);
            }
        }

        @Override
        public Integer snapshot() {
            synchronized (world) {
                return world.log.size();
            }
        }

        @Override
        public void onDecided(Integer position) {
            synchronized (world) {
                world.decided = position;
            }
        }
    }

    /** Takes rows and marker in one transaction, if it answers. */
    static final class RowSink implements EpochSink<String> {

        private static final long serialVersionUID = 1L;

        private final transient World world;

        RowSink(World world) {
            this.world = world;
        }

        @Override
        public List<String> listParts() {
            return List.of("rows");
        }

        @Override
        public TransactionalPartition<String> buildPart(String stepId, String forPart) {
            return new RowPartition(world);
        }
    }

    private record RowPartition(World world) implements TransactionalPartition<String> {

        @Override
        public @Nullable Marker claim(Owner owner) throws Exception {
            synchronized (world) {
                Marker found = world.marker;
                world.marker = owner.takeOver(found);
                return found;
            }
        }

        @Override
        public void apply(Commit commit, List<String> sent) throws Exception {
            world.asked.countDown();
            if (world.target == Target.SILENT) {
                world.answer.await();
            }
            if (world.target == Target.DOWN) {
                throw new IOException("target is down");
            }
            List<String> all = List.copyOf(sent);
            synchronized (world) {
                commit.check(world.marker);
                world.rows.addAll(all);
                world.marker = commit.marker();
            }
        }
    }
}
