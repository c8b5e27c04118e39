package dev.waxwing.recovery.codec;

import java.util.HashSet;
import java.util.Set;

/** What follows from a schema alone. */
final class SchemaTraits {

    private final SchemaDocument document;

    SchemaTraits(SchemaDocument document) {
        this.document = document;
    }

    boolean isDeeplyImmutable() {
        return holds(document.root(), false, new HashSet<>());
    }

    boolean isFitForKeys() {
        return holds(document.root(), true, new HashSet<>());
    }

    /** A type within itself holds if the rest does. */
    private boolean holds(Schema schema, boolean lists, Set<Integer> within) {
        if (schema instanceof Schema.Scalar scalar) {
            return scalar.type() != ScalarType.BYTES;
        } else if (schema instanceof Schema.Maybe maybe) {
            return holds(maybe.element(), lists, within);
        } else if (schema instanceof Schema.Sequence sequence) {
            boolean isList =
                    sequence.kind() == SequenceKind.LIST
                            || sequence.kind() == SequenceKind.LINKED_LIST;
            return lists && isList && holds(sequence.element(), true, within);
        } else if (schema instanceof Schema.Named named) {
            return !within.add(named.index()) || holds(document.definition(named), lists, within);
        }
        return false;
    }

    private boolean holds(Definition definition, boolean lists, Set<Integer> within) {
        if (definition instanceof Definition.Composite composite) {
            return composite.isRecord()
                    && composite.components().values().stream()
                            .allMatch(part -> holds(part, lists, within));
        } else if (definition instanceof Definition.Union union) {
            return union.cases().values().stream()
                    .allMatch(index -> holds(new Schema.Named(index), lists, within));
        }
        return true;
    }
}
