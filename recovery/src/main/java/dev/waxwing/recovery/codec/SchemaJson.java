package dev.waxwing.recovery.codec;

import dev.waxwing.recovery.RecoveryException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Schemas as text: JSON that people can read and that the same types always give. */
final class SchemaJson {

    /**
     * The length of a text, in characters, that no program's types need. What is read takes some
     * tens of bytes for each character, so that a text of any length would take any memory.
     */
    static final int LENGTH_MAX = 1 << 18;

    private static final Map<String, Schema.Scalar> SCALARS = new HashMap<>();

    static {
        for (ScalarType type : ScalarType.values()) {
            for (boolean isPrimitive : new boolean[] {false, true}) {
                boolean exists = !isPrimitive || type.javaClass(true).isPrimitive();
                if (exists) {
                    SCALARS.put(type.name(isPrimitive), new Schema.Scalar(type, isPrimitive));
                }
            }
        }
    }

    private SchemaJson() {}

    /**
     * The text of a schema.
     *
     * @throws RecoveryException if it is longer than {@link #LENGTH_MAX}
     */
    static String write(SchemaDocument document) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("root", toJson(document.root()));
        if (!document.definitions().isEmpty()) {
            json.put("types", document.definitions().stream().map(SchemaJson::toJson).toList());
        }
        if (!document.any().isEmpty()) {
            json.put("any", document.any());
        }
        String text = JsonText.write(json);
        if (text.length() > LENGTH_MAX) {
            throw new RecoveryException(
                    document.name(document.root())
                            + " cannot be stored: it is made of "
                            + document.definitions().size()
                            + " types, and their schema has "
                            + text.length()
                            + " characters, more than "
                            + LENGTH_MAX
                            + "; keep a smaller type as state");
        }
        return text;
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws RecoveryException if it is anything else
     */
    static SchemaDocument read(String text) {
        if (text.length() > LENGTH_MAX) {
            throw new RecoveryException(
                    "a stored schema is damaged: it has "
                            + text.length()
                            + " characters, more than "
                            + LENGTH_MAX
                            + ": "
                            + JsonText.shortened(text)
                            + "; restore the store from a copy");
        }
        try {
            Map<?, ?> json = (Map<?, ?>) JsonText.read(text);
            List<Definition> definitions = new ArrayList<>();
            if (json.get("types") instanceof List<?> types) {
                types.forEach(type -> definitions.add(definition((Map<?, ?>) type)));
            }
            Map<String, Integer> any = indexes(json.get("any"));
            SchemaDocument document =
                    new SchemaDocument(schema(part(json, "root")), List.copyOf(definitions), any);
            document.check();
            return document;
        } catch (RecoveryException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new RecoveryException(
                    "a stored schema is damaged: "
                            + JsonText.shortened(text)
                            + "; restore the store from a copy",
                    e);
        }
    }

    private static Object toJson(Schema schema) {
        if (schema instanceof Schema.Scalar scalar) {
            return scalar.type().name(scalar.isPrimitive());
        } else if (schema instanceof Schema.Sequence sequence) {
            return Map.of(sequence.kind().text(), toJson(sequence.element()));
        } else if (schema instanceof Schema.Mapping mapping) {
            return Map.of(
                    mapping.kind().text(), List.of(toJson(mapping.key()), toJson(mapping.value())));
        } else if (schema instanceof Schema.Array array) {
            return Map.of("array", toJson(array.element()));
        } else if (schema instanceof Schema.Maybe maybe) {
            return Map.of("Optional", toJson(maybe.element()));
        } else if (schema instanceof Schema.Named named) {
            return named.index();
        }
        return "any";
    }

    private static Object toJson(Definition definition) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (definition instanceof Definition.Composite composite) {
            Map<String, Object> components = new LinkedHashMap<>();
            composite.components().forEach((name, part) -> components.put(name, toJson(part)));
            json.put(composite.isRecord() ? "record" : "class", composite.name());
            json.put("components", components);
        } else if (definition instanceof Definition.Constants constants) {
            json.put("enum", constants.name());
            json.put("constants", constants.constants());
        } else if (definition instanceof Definition.Union union) {
            json.put("sealed", union.name());
            json.put("cases", union.cases());
        }
        return json;
    }

    private static Schema schema(Object json) {
        if (json instanceof Integer index) {
            return new Schema.Named(index);
        } else if (json instanceof String name) {
            Schema.Scalar scalar = SCALARS.get(name);
            if (scalar == null && !name.equals("any")) {
                throw unknown(name);
            }
            return scalar == null ? new Schema.Any() : scalar;
        }
        Map.Entry<?, ?> only = ((Map<?, ?>) json).entrySet().iterator().next();
        return schema((String) only.getKey(), only.getValue());
    }

    private static Schema schema(String name, Object json) {
        SequenceKind sequence = SequenceKind.ofText(name);
        if (sequence != null) {
            return new Schema.Sequence(sequence, schema(json));
        }
        MappingKind mapping = MappingKind.ofText(name);
        if (mapping != null) {
            List<?> parts = (List<?>) json;
            return new Schema.Mapping(mapping, schema(parts.get(0)), schema(parts.get(1)));
        }
        return switch (name) {
            case "array" -> new Schema.Array(schema(json));
            case "Optional" -> new Schema.Maybe(schema(json));
            default -> throw unknown(name);
        };
    }

    private static Definition definition(Map<?, ?> json) {
        if (json.get("enum") instanceof String name) {
            List<String> constants = new ArrayList<>();
            ((List<?>) part(json, "constants"))
                    .forEach(constant -> constants.add((String) constant));
            return new Definition.Constants(name, List.copyOf(constants));
        } else if (json.get("sealed") instanceof String name) {
            return new Definition.Union(name, indexes(json.get("cases")));
        }
        Map<String, Schema> components = new LinkedHashMap<>();
        ((Map<?, ?>) part(json, "components"))
                .forEach((name, part) -> components.put((String) name, schema(part)));
        boolean isRecord = json.containsKey("record");
        String name = (String) part(json, isRecord ? "record" : "class");
        return new Definition.Composite(name, isRecord, components);
    }

    private static Object part(Map<?, ?> json, String name) {
        return Objects.requireNonNull(json.get(name), name);
    }

    private static Map<String, Integer> indexes(@Nullable Object json) {
        Map<String, Integer> indexes = new LinkedHashMap<>();
        if (json instanceof Map<?, ?> map) {
            map.forEach((name, index) -> indexes.put((String) name, (Integer) index));
        }
        return indexes;
    }

    private static RecoveryException unknown(String name) {
        return new RecoveryException(
                "a stored schema names a kind of type, '"
                        + JsonText.shortened(name)
                        + "', that this version of Waxwing"
                        + " does not know; use the version that wrote it");
    }
}
