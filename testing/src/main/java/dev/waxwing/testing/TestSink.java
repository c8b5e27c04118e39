package dev.waxwing.testing;

import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.StatefulSinkPartition;
import dev.waxwing.sink.StatelessSinkPartition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sink that keeps what is written in memory, exactly once: on a resume it cuts off what was
 * written after the resume epoch; an execution that starts without state starts it anew. For plain
 * and keyed streams. Thread-safe.
 *
 * @param <X> item
 */
public final class TestSink<X> implements FixedPartitionedSink<Object, X, Integer> {

    private static final long serialVersionUID = 1L;

    private static final List<String> PARTS = List.of("items");

    private final Written<X> written = new Written<>();

    /** Makes a sink to which nothing has been written. */
    public TestSink() {}

    /** A sink that writes at least once and so shows what a crash repeats. */
    public static <X> Repeating<X> dynamic() {
        return new Repeating<>();
    }

    /** What has been written and not been undone, in order; a copy. */
    public List<X> committed() {
        return written.copy();
    }

    @Override
    public List<String> listParts() {
        return PARTS;
    }

    @Override
    public int partFn(Object key) {
        return 0;
    }

    @Override
    public StatefulSinkPartition<X, Integer> buildPart(
            String stepId, String forPart, @Nullable Integer resumeState) {
        written.truncate(resumeState == null ? 0 : resumeState);
        return new Partition<>(written);
    }

    private static final class Written<X> implements java.io.Serializable {

        private static final long serialVersionUID = 1L;

        private final List<X> items = Collections.synchronizedList(new ArrayList<>());

        void truncate(int size) {
            synchronized (items) {
                items.subList(Math.min(size, items.size()), items.size()).clear();
            }
        }

        List<X> copy() {
            synchronized (items) {
                return List.copyOf(items);
            }
        }
    }

    private record Partition<X>(Written<X> written) implements StatefulSinkPartition<X, Integer> {

        @Override
        public void writeBatch(List<X> values) {
            written.items.addAll(values);
        }

        @Override
        public Integer snapshot() {
            return written.items.size();
        }
    }

    /**
     * A {@link DynamicSink} that keeps everything that was ever written. Thread-safe.
     *
     * @param <X> item
     */
    public static final class Repeating<X> implements DynamicSink<X> {

        private static final long serialVersionUID = 1L;

        private final Written<X> written = new Written<>();

        private Repeating() {}

        /** All that was written, in order; a copy. */
        public List<X> all() {
            return written.copy();
        }

        @Override
        public StatelessSinkPartition<X> build(String stepId, int workerIndex, int workerCount) {
            return written.items::addAll;
        }
    }
}
