package dev.waxwing.recovery.codec;

import dev.waxwing.recovery.RecoveryException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A schema with all that it refers to. Immutable.
 *
 * @param any the classes that a value of type {@link Schema.Any} may have: name to index
 */
record SchemaDocument(Schema root, List<Definition> definitions, Map<String, Integer> any) {

    /** How many types may be within each other: many more than any program has. */
    static final int NESTING_MAX = 200;

    /**
     * Checks what readers rely on: that all types are there, and that no sealed type is a case of
     * itself, which would be read without end.
     *
     * @throws RecoveryException if it is not so
     */
    void check() {
        any.values().forEach(index -> definition(new Schema.Named(index)));
        int[] state = new int[definitions.size()];
        for (int i = 0; i < state.length; i++) {
            checkCases(i, state, 0);
        }
    }

    /* States: 0 not seen, 1 being looked at, 2 sound. */
    private void checkCases(int index, int[] state, int depth) {
        if (state[index] == 2
                || !(definition(new Schema.Named(index)) instanceof Definition.Union union)) {
            return;
        }
        if (state[index] == 1 || depth > NESTING_MAX) {
            throw new RecoveryException(
                    "a stored schema is damaged: sealed type "
                            + union.name()
                            + " is a case of itself, or is too deep; restore the store from a copy");
        }
        state[index] = 1;
        for (int part : union.cases().values()) {
            definition(new Schema.Named(part));
            checkCases(part, state, depth + 1);
        }
        state[index] = 2;
    }

    /** What is thrown for types that are within each other deeper than a reader can be made. */
    static RecoveryException tooDeep() {
        return new RecoveryException(
                "a stored schema is damaged: it has more than "
                        + NESTING_MAX
                        + " types within each other; restore the store from a copy");
    }

    Definition definition(Schema.Named named) {
        if (named.index() < 0 || named.index() >= definitions.size()) {
            throw new RecoveryException(
                    "a stored schema is damaged: it has no type "
                            + named.index()
                            + "; restore the store from a copy");
        }
        return definitions.get(named.index());
    }

    /** As it would be written in Java, with simple names. */
    String name(Schema schema) {
        if (schema instanceof Schema.Scalar scalar) {
            return scalar.type().name(scalar.isPrimitive());
        } else if (schema instanceof Schema.Sequence sequence) {
            return sequence.kind().text() + "<" + name(sequence.element()) + ">";
        } else if (schema instanceof Schema.Mapping mapping) {
            return mapping.kind().text()
                    + List.of(mapping.key(), mapping.value()).stream()
                            .map(this::name)
                            .collect(Collectors.joining(", ", "<", ">"));
        } else if (schema instanceof Schema.Array array) {
            return name(array.element()) + "[]";
        } else if (schema instanceof Schema.Maybe maybe) {
            return "Optional<" + name(maybe.element()) + ">";
        } else if (schema instanceof Schema.Named named) {
            return definition(named).name();
        }
        return "Object";
    }
}
