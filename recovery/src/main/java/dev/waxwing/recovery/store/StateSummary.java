package dev.waxwing.recovery.store;

import dev.waxwing.recovery.page.StateId;

/**
 * What a store holds of one state as of one epoch.
 *
 * @param state which
 * @param keySchema the text of the newest schema of its keys
 * @param valueSchema the text of the newest schema of its values
 * @param keys how many there are
 * @param bytes how many they take, keys and values
 */
public record StateSummary(
        StateId state, String keySchema, String valueSchema, long keys, long bytes) {

    StateSummary plus(StateSummary older) {
        return new StateSummary(
                state, keySchema, valueSchema, keys + older.keys, bytes + older.bytes);
    }
}
