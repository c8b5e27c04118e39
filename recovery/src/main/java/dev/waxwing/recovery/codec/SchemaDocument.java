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
