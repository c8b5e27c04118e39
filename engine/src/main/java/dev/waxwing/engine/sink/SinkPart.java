package dev.waxwing.engine.sink;

import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.engine.site.StepSite;
import java.util.List;

/**
 * An open sink partition. Called by one thread at a time, in the order of its {@link SinkCalls}.
 */
interface SinkPart extends AutoCloseable {

    /** The thread on which this is called, made once; confined to the worker. */
    SinkCalls calls(StepSite site);

    void write(List<Object> items) throws Exception;

    void onEndOfInput() throws Exception;

    /** Whether it writes to the store, so that no policy of the step helps if that fails. */
    default boolean isStore() {
        return false;
    }

    /** As {@link BlockingPartition#unblock}. */
    default void unblock() {}

    @Override
    void close() throws Exception;
}
