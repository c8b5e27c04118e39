package dev.waxwing.recovery.codec;

import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.recovery.RecoveryException;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes the schema of a type. Used once. */
final class SchemaBuilder {

    private static final int DEPTH_MAX = 20;

    /** What values without a declared type are read as, beside scalars and known classes. */
    private static final List<Class<?>> STANDARD =
            List.of(
                    ArrayList.class,
                    ArrayDeque.class,
                    LinkedHashSet.class,
                    TreeSet.class,
                    LinkedHashMap.class,
                    TreeMap.class,
                    Optional.class,
                    Object[].class);

    private final CodecRegistry registry;

    // written by the calling thread; one entry for each definition
    private final Map<JavaType, Schema.Named> named = new HashMap<>();
    private final List<@Nullable Definition> definitions = new ArrayList<>();
    private final List<Class<?>> classes = new ArrayList<>();
    private final List<@Nullable ObjectShape> shapes = new ArrayList<>();
    private final Set<Class<?>> open = new LinkedHashSet<>();

    private boolean hasAny;

    private SchemaBuilder(CodecRegistry registry) {
        this.registry = registry;
    }

    static BoundSchema build(JavaType type, CodecRegistry registry) {
        return new SchemaBuilder(registry).build(type);
    }

    private BoundSchema build(JavaType type) {
        Schema root = schema(type);
        Map<String, Integer> any = hasAny ? anyClasses() : Map.of();
        open.forEach(raw -> checkHasClasses(raw, any.values()));
        List<Definition> complete = new ArrayList<>();
        for (Definition definition : definitions) {
            if (definition != null) {
                complete.add(definition);
            }
        }
        return new BoundSchema(
                new SchemaDocument(root, List.copyOf(complete), any),
                List.copyOf(classes),
                Collections.unmodifiableList(shapes));
    }

    private Schema schema(JavaType type) {
        Class<?> raw = type.raw();
        ScalarType scalar = ScalarType.of(raw);
        if (scalar != null) {
            return new Schema.Scalar(scalar, raw.isPrimitive());
        } else if (raw.isArray()) {
            return array(type);
        } else if (raw == Optional.class) {
            return new Schema.Maybe(schema(type.argument(0)));
        }
        SequenceKind sequence = SequenceKind.ofDeclared(raw);
        if (sequence != null) {
            return new Schema.Sequence(sequence, schema(type.argument(0)));
        }
        MappingKind mapping = MappingKind.ofDeclared(raw);
        if (mapping != null) {
            return new Schema.Mapping(mapping, schema(type.argument(0)), schema(type.argument(1)));
        }
        if (!isNamed(raw)) {
            hasAny = true;
            open.add(raw);
            return new Schema.Any();
        }
        return named(type);
    }

    /* Nothing but null could ever be stored, which would be noticed at the first snapshot only. */
    private void checkHasClasses(Class<?> raw, Collection<Integer> known) {
        boolean any =
                STANDARD.stream().anyMatch(raw::isAssignableFrom)
                        || known.stream().map(classes::get).anyMatch(raw::isAssignableFrom)
                        || Arrays.stream(ScalarType.values())
                                .anyMatch(type -> raw.isAssignableFrom(type.javaClass(false)));
        if (!any) {
            throw new RecoveryException(
                    raw.getName()
                            + " cannot be stored, as it is "
                            + (raw.isInterface() ? "an open interface" : "an abstract class")
                            + " of which no class is known that can be; make it sealed, declare the"
                            + " state's type with state(...), or register its classes with"
                            + " RecoveryOptions.withClasses(...); what functions make is known if a"
                            + " kernel or builder that holds them implements HoldsCode");
        }
    }

    private static boolean isNamed(Class<?> raw) {
        boolean isConcrete = !raw.isInterface() && !Modifier.isAbstract(raw.getModifiers());
        return raw.isEnum() || raw.isSealed() || (isConcrete && raw != Object.class);
    }

    private Schema array(JavaType type) {
        Schema element = schema(type.argument(0));
        boolean isKnown =
                element instanceof Schema.Scalar
                        || element instanceof Schema.Named
                        || element instanceof Schema.Array;
        if (!isKnown) {
            throw new RecoveryException(
                    type.raw().getSimpleName()
                            + " cannot be stored, as its elements have no fixed type; use a List");
        }
        return new Schema.Array(element);
    }

    private Schema named(JavaType type) {
        Schema.Named known = named.get(type);
        if (known != null) {
            return known;
        }
        if (type.depth() > DEPTH_MAX) {
            throw new RecoveryException(
                    type.raw().getName()
                            + " cannot be stored, as its type arguments grow without"
                            + " end; use fixed ones in its components");
        }
        int index = definitions.size();
        Schema.Named reserved = new Schema.Named(index);
        named.put(type, reserved);
        definitions.add(null);
        classes.add(type.raw());
        shapes.add(null);
        definitions.set(index, definition(type, index));
        return reserved;
    }

    private Definition definition(JavaType type, int index) {
        Class<?> raw = type.raw();
        if (raw.isEnum()) {
            return constants(raw);
        } else if (raw.isSealed()) {
            return union(type);
        }
        ObjectShape shape = ObjectShape.of(type);
        shapes.set(index, shape);
        Map<String, Schema> components = new LinkedHashMap<>();
        shape.components().forEach((name, part) -> components.put(name, schema(part)));
        return new Definition.Composite(
                raw.getSimpleName(), raw.isRecord(), Collections.unmodifiableMap(components));
    }

    private static Definition constants(Class<?> type) {
        List<String> names = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            names.add(((Enum<?>) constant).name());
        }
        return new Definition.Constants(type.getSimpleName(), List.copyOf(names));
    }

    private Definition union(JavaType type) {
        Map<String, JavaType> leaves = new TreeMap<>();
        addLeaves(type, leaves);
        Map<String, Integer> cases = new LinkedHashMap<>();
        leaves.forEach((name, leaf) -> cases.put(name, ((Schema.Named) named(leaf)).index()));
        return new Definition.Union(type.raw().getSimpleName(), Collections.unmodifiableMap(cases));
    }

    private void addLeaves(JavaType type, Map<String, JavaType> leaves) {
        for (Class<?> subclass : type.raw().getPermittedSubclasses()) {
            JavaType narrowed = type.narrowedTo(subclass);
            if (subclass.isSealed() && !subclass.isEnum()) {
                addLeaves(narrowed, leaves);
            } else if (!isNamed(subclass)) {
                throw new RecoveryException(
                        type.raw().getName()
                                + " cannot be stored, as "
                                + subclass.getName()
                                + " leaves it open; make that sealed or final");
            }
            boolean isLeaf = subclass.isEnum() || !Modifier.isAbstract(subclass.getModifiers());
            JavaType other = isLeaf ? leaves.put(subclass.getSimpleName(), narrowed) : null;
            if (other != null && !other.equals(narrowed)) {
                throw new RecoveryException(
                        type.raw().getName()
                                + " cannot be stored, as two of its cases are named "
                                + subclass.getSimpleName()
                                + "; rename one of them");
            }
        }
    }

    /** Registered and reached classes, with all their type arguments open. */
    private Map<String, Integer> anyClasses() {
        Map<String, Class<?>> byName = new TreeMap<>(registry.classes());
        registry.classes().values().forEach(type -> schema(JavaType.of(type)));
        Set<Class<?>> registered = new HashSet<>(registry.classes().values());
        for (int i = 0; i < classes.size(); i++) {
            Class<?> reached = classes.get(i);
            if (registered.add(reached) && (reached.isEnum() || !reached.isSealed())) {
                byName.putIfAbsent(reached.getSimpleName(), reached);
                schema(JavaType.of(reached));
            }
        }
        Map<String, Integer> any = new LinkedHashMap<>();
        byName.forEach(
                (name, type) -> {
                    if (schema(JavaType.of(type)) instanceof Schema.Named found) {
                        any.put(name, found.index());
                    }
                });
        return Collections.unmodifiableMap(any);
    }
}
