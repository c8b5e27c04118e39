package dev.waxwing.engine.worker;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.codec.Schemas;
import java.util.ArrayList;
import java.util.List;

/** Numbers of schemas without a store. */
public final class HandSchemas implements Schemas {

    private final List<String> texts = new ArrayList<>();

    @Override
    public int schemaId(String schemaText) {
        if (!texts.contains(schemaText)) {
            texts.add(schemaText);
        }
        return texts.indexOf(schemaText) + 1;
    }

    @Override
    public String schema(int id) {
        if (id < 1 || id > texts.size()) {
            throw new RecoveryException("no schema " + id);
        }
        return texts.get(id - 1);
    }
}
