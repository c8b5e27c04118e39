package dev.waxwing.engine.delivery;

import dev.waxwing.recovery.codec.ByteOutput;
import dev.waxwing.recovery.codec.StateCodec;
import dev.waxwing.recovery.codec.StateReader;
import java.util.Map;
import java.util.Objects;

/**
 * How the items of a sink become bytes and back. Thread-safe.
 *
 * @param codec of today's type
 * @param schema number of today's schema in the store
 * @param readers by number of the schemas that outboxes have
 */
public record ItemCoding(StateCodec codec, int schema, Map<Integer, StateReader> readers) {

    public ItemCoding {
        readers = Map.copyOf(readers);
    }

    /** Encodes an item. */
    public void encode(Object item, ByteOutput into) {
        into.reset();
        codec.encode(item, into);
    }

    StateReader reader(int ofSchema) {
        return Objects.requireNonNull(readers.get(ofSchema), "all schemas were looked up at start");
    }
}
