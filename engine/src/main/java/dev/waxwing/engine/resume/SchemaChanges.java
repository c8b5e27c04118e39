package dev.waxwing.engine.resume;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Types that have changed since something of them was stored, in ways that can be read: what they
 * lost or gained may be what the user only renamed.
 */
final class SchemaChanges {

    private final Map<String, Set<String>> bySubject = new TreeMap<>();

    /**
     * Takes note of changes.
     *
     * @param subject such as {@code state 'state' of step 'shop.cart'}
     */
    void add(String subject, List<String> changes) {
        if (changes.isEmpty()) {
            return;
        }
        bySubject.computeIfAbsent(subject, none -> new LinkedHashSet<>()).addAll(changes);
    }

    /**
     * Logs a warning for each subject, with the list of its changes.
     *
     * @param advice what to do if that is not what was meant
     */
    void warn(String advice) {
        bySubject.forEach(
                (subject, changes) ->
                        System.getLogger(SchemaChanges.class.getName())
                                .log(
                                        System.Logger.Level.WARNING,
                                        subject
                                                + ": stored with other types, and adapted: "
                                                + String.join("; ", changes)
                                                + advice));
    }
}
