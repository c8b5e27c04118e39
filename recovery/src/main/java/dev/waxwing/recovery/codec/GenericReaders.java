package dev.waxwing.recovery.codec;

import dev.waxwing.recovery.GenericConstant;
import dev.waxwing.recovery.GenericObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes readers that need no classes: objects become {@link GenericObject}s. Confined to one
 * thread; its readers are immutable.
 */
final class GenericReaders {

    private final SchemaDocument document;
    private final Map<Integer, Readers.Deferred> named = new HashMap<>();
    private Readers.@Nullable Any any;
    private int depth;

    GenericReaders(SchemaDocument document) {
        this.document = document;
    }

    ValueReader reader(Schema schema) {
        if (++depth > SchemaDocument.NESTING_MAX) {
            throw SchemaDocument.tooDeep();
        }
        ValueReader made = make(schema);
        depth--;
        return made;
    }

    private ValueReader make(Schema schema) {
        if (schema instanceof Schema.Scalar scalar) {
            return scalar.type();
        } else if (schema instanceof Schema.Sequence sequence) {
            SequenceKind kind = sequence.kind().isSet() ? SequenceKind.SET : SequenceKind.LIST;
            return new Readers.Sequence(kind, reader(sequence.element()));
        } else if (schema instanceof Schema.Mapping mapping) {
            return new Readers.Mapping(
                    MappingKind.MAP, reader(mapping.key()), reader(mapping.value()));
        } else if (schema instanceof Schema.Array array) {
            boolean isPrimitive =
                    array.element() instanceof Schema.Scalar scalar && scalar.isPrimitive();
            ValueReader elements =
                    new Readers.Elements(Object.class, isPrimitive, reader(array.element()));
            return new Readers.Converted(elements, GenericReaders::asList);
        } else if (schema instanceof Schema.Maybe maybe) {
            return new Readers.Maybe(reader(maybe.element()));
        } else if (schema instanceof Schema.Named name) {
            return named(name);
        }
        return any();
    }

    private ValueReader named(Schema.Named name) {
        Readers.Deferred known = named.get(name.index());
        if (known != null) {
            return known.orTarget();
        }
        Readers.Deferred deferred = new Readers.Deferred();
        named.put(name.index(), deferred);
        return deferred.complete(definition(document.definition(name)));
    }

    private ValueReader definition(Definition definition) {
        if (definition instanceof Definition.Composite composite) {
            return composite(composite);
        } else if (definition instanceof Definition.Union union) {
            return new Readers.Union(
                    union.cases().values().stream()
                            .map(index -> reader(new Schema.Named(index)))
                            .toList());
        }
        Definition.Constants constants = (Definition.Constants) definition;
        return new Readers.Constant(
                constants.constants().stream()
                        .<Object>map(name -> new GenericConstant(constants.name(), name))
                        .toList());
    }

    private ValueReader composite(Definition.Composite composite) {
        List<Part> parts = new ArrayList<>();
        composite
                .components()
                .forEach(
                        (name, part) -> {
                            boolean isPrimitive =
                                    part instanceof Schema.Scalar scalar && scalar.isPrimitive();
                            parts.add(new Part(name, reader(part), isPrimitive));
                        });
        return new ObjectReader(composite.name(), parts);
    }

    private ValueReader any() {
        if (any == null) {
            any = new Readers.Any();
            any.knowClasses(
                    document.any().keySet().toArray(String[]::new),
                    document.any().values().stream()
                            .map(index -> reader(new Schema.Named(index)))
                            .toArray(ValueReader[]::new));
        }
        return any;
    }

    private static Object asList(Object array) {
        return Arrays.asList((Object[]) array);
    }

    private record Part(String name, ValueReader reader, boolean isPrimitive) {}

    private record ObjectReader(String type, List<Part> parts) implements ValueReader {
        @Override
        public Object read(ByteInput in) {
            in.enter();
            Map<String, @Nullable Object> components = new LinkedHashMap<>();
            for (Part part : parts) {
                ValueReader reader = part.reader();
                Object value = part.isPrimitive() ? reader.read(in) : reader.readNullable(in);
                components.put(part.name(), value);
            }
            in.leave();
            return new GenericObject(type, components);
        }
    }
}
