package dev.waxwing.recovery.sqlite.inspect;

import dev.waxwing.recovery.page.StateId;

/**
 * A key and its value as text. Immutable.
 *
 * @param state that it belongs to
 * @param key as {@link dev.waxwing.recovery.codec.SchemaText} shows it
 * @param value as {@link dev.waxwing.recovery.codec.SchemaText} shows it
 */
public record StoreEntry(StateId state, String key, String value) {}
