package dev.waxwing.testing;

import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.StatelessSinkPartition;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes to a sink without positions. */
final class DynamicSinkReference extends ReferenceStep {

    private final DynamicSink<Object> sink;
    private final SinkBatch batch =
            new SinkBatch(this, "writeBatch", items -> opened().writeBatch(items));
    private @Nullable StatelessSinkPartition<Object> partition;

    @SuppressWarnings("unchecked") // the stream that the sink was given to had its types
    DynamicSinkReference(CoreStep step, ReferenceTime time, DynamicSink<?> sink) {
        super(step, time);
        this.sink = (DynamicSink<Object>) sink;
    }

    @Override
    void open(@Nullable ReferenceStore store) {
        partition = new Attempts(this, "build").opened(() -> sink.build(step.userStep(), 0, 1));
    }

    @Override
    void onItem(@Nullable Object key, Object item) {
        batch.add(key, item);
    }

    @Override
    void onActivationEnd() {
        batch.write();
    }

    @Override
    void onEndOfInput() {
        new Attempts(this, "onEndOfInput").forNone(out -> opened().onEndOfInput());
    }

    @Override
    void close() throws Exception {
        if (partition != null) {
            partition.close();
        }
    }

    private StatelessSinkPartition<Object> opened() {
        return Objects.requireNonNull(partition, "build must not return null");
    }
}
