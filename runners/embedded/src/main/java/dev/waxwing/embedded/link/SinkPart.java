package dev.waxwing.embedded.link;

import dev.waxwing.sink.StatefulSinkPartition;
import dev.waxwing.sink.StatelessSinkPartition;
import dev.waxwing.source.BlockingPartition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An open sink partition of either kind. */
interface SinkPart extends AutoCloseable {

    /** Whether its calls may block. */
    boolean blocks();

    void write(List<Object> items) throws Exception;

    /** Its position, or null if it has none. */
    @Nullable Object snapshot() throws Exception;

    /** What makes the last snapshot durable, to be run elsewhere. */
    void force() throws Exception;

    void onEndOfInput() throws Exception;

    @Override
    void close() throws Exception;

    static SinkPart of(StatefulSinkPartition<Object, Object> partition) {
        return new SinkPart() {
            @Override
            public boolean blocks() {
                return partition instanceof BlockingPartition;
            }

            @Override
            public void write(List<Object> items) throws Exception {
                partition.writeBatch(items);
            }

            @Override
            public Object snapshot() throws Exception {
                return java.util.Objects.requireNonNull(
                        partition.snapshot(), "snapshot returned null");
            }

            @Override
            public void force() throws Exception {
                partition.force();
            }

            @Override
            public void onEndOfInput() throws Exception {
                partition.onEndOfInput();
            }

            @Override
            public void close() throws Exception {
                partition.close();
            }
        };
    }

    static SinkPart of(StatelessSinkPartition<Object> partition) {
        return new SinkPart() {
            @Override
            public boolean blocks() {
                return partition instanceof BlockingPartition;
            }

            @Override
            public void write(List<Object> items) throws Exception {
                partition.writeBatch(items);
            }

            @Override
            public @Nullable Object snapshot() {
                return null;
            }

            @Override
            public void force() {}

            @Override
            public void onEndOfInput() throws Exception {
                partition.onEndOfInput();
            }

            @Override
            public void close() throws Exception {
                partition.close();
            }
        };
    }
}
