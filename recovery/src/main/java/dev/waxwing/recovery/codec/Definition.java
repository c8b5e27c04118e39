package dev.waxwing.recovery.codec;

import java.util.List;
import java.util.Map;

/** What a {@link Schema.Named} stands for. Immutable. */
sealed interface Definition {

    /** Simple name of the class, for messages and for the cases of sealed types. */
    String name();

    /** A record or a class. */
    record Composite(String name, boolean isRecord, Map<String, Schema> components)
            implements Definition {}

    /** An enum; a constant is stored as its place here. */
    record Constants(String name, List<String> constants) implements Definition {}

    /**
     * A sealed type; a case is stored as its place here.
     *
     * @param cases name to index of its definition
     */
    record Union(String name, Map<String, Integer> cases) implements Definition {}
}
