package dev.waxwing.engine.worker;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.codec.ByteOutput;
import dev.waxwing.recovery.codec.Schemas;
import dev.waxwing.recovery.codec.StateCodec;
import dev.waxwing.recovery.page.PageWriter;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.run.check.StepChecks;
import org.jspecify.annotations.Nullable;

/** How one state's keys and values become bytes. Thread-safe. */
public final class StateEncoding {

    private final StateId id;
    private final StateCodec keys;
    private final StateCodec values;
    private final int keySchema;
    private final int valueSchema;
    private final boolean immutable;

    public StateEncoding(StateId id, StateCodec keys, StateCodec values, Schemas schemas) {
        this.id = id;
        this.keys = keys;
        this.values = values;
        this.keySchema = schemas.schemaId(keys.schemaText());
        this.valueSchema = schemas.schemaId(values.schemaText());
        this.immutable = keys.isDeeplyImmutable() && values.isDeeplyImmutable();
    }

    public StateId id() {
        return id;
    }

    public StateCodec keys() {
        return keys;
    }

    public StateCodec values() {
        return values;
    }

    /** Number of today's schema of the keys. */
    public int keySchema() {
        return keySchema;
    }

    /** Whether keys and values cannot change, so that they may be encoded later and elsewhere. */
    public boolean isImmutable() {
        return immutable;
    }

    /**
     * Whether a value can be stored.
     *
     * @param scratch space
     */
    boolean takes(Object value, ByteOutput scratch) {
        try {
            scratch.reset();
            values.encode(value, scratch);
            return true;
        } catch (RecoveryException e) {
            return false;
        }
    }

    /** A writer of pages of this state in today's schemas. */
    public PageWriter newWriter() {
        return new PageWriter(id, keySchema, valueSchema);
    }

    /**
     * Adds a change to a page; a null state removes the key.
     *
     * @param keyBytes scratch space
     * @param valueBytes scratch space
     */
    public void add(
            PageWriter page,
            Object key,
            @Nullable Object state,
            ByteOutput keyBytes,
            ByteOutput valueBytes) {
        try {
            keyBytes.reset();
            keys.encode(key, keyBytes);
            if (state == null) {
                page.remove(keyBytes);
            } else {
                valueBytes.reset();
                values.encode(state, valueBytes);
                page.add(keyBytes, valueBytes);
            }
        } catch (RecoveryException e) {
            throw RecoveryException.ofStep(
                    id.stepPath(),
                    id.asText() + ", key '" + StepChecks.shown(key) + "': " + e.getMessage(),
                    e);
        }
    }
}
