package dev.waxwing.recovery.sqlite.inspect;

import dev.waxwing.recovery.codec.SchemaText;
import dev.waxwing.recovery.page.PageCursor;
import dev.waxwing.recovery.page.StatePage;
import dev.waxwing.recovery.store.StoreReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Gives the entries of a store one by one, as text. Confined to one thread. */
public final class StoreEntries {

    private final StoreReader reader;
    private final Map<Integer, SchemaText> texts = new HashMap<>();

    /** For one store; the reader stays the caller's to close. */
    public StoreEntries(StoreReader reader) {
        this.reader = Objects.requireNonNull(reader, "reader");
    }

    /**
     * Gives all live entries as of an epoch.
     *
     * @param epoch one that the reader tells to be restorable
     * @throws dev.waxwing.recovery.RecoveryException if it is not, or what is stored is damaged
     */
    public void forEach(long epoch, Consumer<StoreEntry> consumer) {
        reader.restore(epoch, page -> forEach(page, consumer));
    }

    private void forEach(StatePage page, Consumer<StoreEntry> consumer) {
        SchemaText keys = text(page.keySchema());
        SchemaText values = text(page.valueSchema());
        PageCursor cursor = page.cursor();
        while (cursor.next()) {
            byte[] value = cursor.value();
            if (value != null) {
                consumer.accept(
                        new StoreEntry(
                                page.state(), keys.toText(cursor.key()), values.toText(value)));
            }
        }
    }

    private SchemaText text(int schema) {
        return texts.computeIfAbsent(schema, id -> SchemaText.of(reader.schema(id)));
    }
}
