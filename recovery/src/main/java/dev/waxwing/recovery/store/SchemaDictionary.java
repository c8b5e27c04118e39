package dev.waxwing.recovery.store;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.page.StatePage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Numbers for schema texts, from 1, and those among them that are not durable yet. Thread-safe. */
public final class SchemaDictionary {

    // guarded by this
    private final List<String> texts;
    private final Map<String, Integer> ids = new HashMap<>();
    private int durable;

    /**
     * With what is durable.
     *
     * @param stored the texts of numbers 1, 2, …
     */
    public SchemaDictionary(List<String> stored) {
        texts = new ArrayList<>(stored);
        for (int i = 0; i < texts.size(); i++) {
            ids.put(texts.get(i), i + 1);
        }
        durable = texts.size();
    }

    /** The number of a text, a new one if it has none yet. */
    public synchronized int id(String text) {
        return ids.computeIfAbsent(
                Objects.requireNonNull(text, "schemaText"),
                unknown -> {
                    texts.add(unknown);
                    return texts.size();
                });
    }

    /**
     * The text of a number.
     *
     * @param store how the message calls it
     * @throws RecoveryException if there is none
     */
    public synchronized String text(int id, String store) {
        if (id < 1 || id > texts.size()) {
            throw new RecoveryException(
                    store
                            + " has no schema "
                            + id
                            + ", only 1 to "
                            + texts.size()
                            + "; it is damaged, restore it from a copy");
        }
        return texts.get(id - 1);
    }

    /**
     * Refuses a page that could not be read again.
     *
     * @throws IllegalArgumentException if it names schemas that are not here
     */
    public synchronized void check(StatePage page) {
        int least = page.isClearing() ? 0 : 1;
        if (Math.min(page.keySchema(), page.valueSchema()) < least
                || Math.max(page.keySchema(), page.valueSchema()) > texts.size()) {
            throw new IllegalArgumentException(
                    page.state().asText()
                            + ": a page names schemas "
                            + page.keySchema()
                            + " and "
                            + page.valueSchema()
                            + ", which the store does not know; take the"
                            + " numbers from schemaId");
        }
    }

    /** How many texts are durable. */
    public synchronized int durable() {
        return durable;
    }

    /** The texts that follow the durable ones. */
    public synchronized List<String> pending() {
        return List.copyOf(texts.subList(durable, texts.size()));
    }

    /** Tells that so many texts more are durable now. */
    public synchronized void stored(int count) {
        durable += count;
    }
}
