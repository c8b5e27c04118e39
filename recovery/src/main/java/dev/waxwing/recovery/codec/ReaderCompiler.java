package dev.waxwing.recovery.codec;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a reader of what one schema wrote that gives the types of another, and finds out what has
 * changed between them. Used once; its readers are immutable.
 */
final class ReaderCompiler {

    /*
     * Follows both schemas side by side, each pair of definitions once. A pair that cannot be
     * brought together is a problem and gets a reader that is never used.
     */

    private static final ValueReader NEVER =
            in -> {
                throw new IllegalStateException("incompatible schemas must not be read");
            };

    private final SchemaDocument stored;
    private final BoundSchema now;
    private final GenericReaders generic;
    private final Map<Pair, Readers.Deferred> named = new HashMap<>();
    private final List<String> changes = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private Readers.@Nullable Any any;
    private int depth;
    private boolean classesAreGone;
    private boolean keepsValues = true;

    ReaderCompiler(SchemaDocument stored, BoundSchema now) {
        this.stored = stored;
        this.now = now;
        this.generic = new GenericReaders(stored);
    }

    /** The verdict, with a reader if there can be one. */
    SchemaVerdict compile() {
        ValueReader reader = reader(stored.root(), now.document().root(), "it");
        if (!problems.isEmpty()) {
            return new SchemaVerdict.Incompatible(problems);
        }
        StateReader whole = new StateReader(reader);
        return changes.isEmpty() && !classesAreGone
                ? new SchemaVerdict.Compatible(whole)
                : new SchemaVerdict.Adapted(whole, changes, keepsValues);
    }

    private ValueReader reader(Schema from, Schema to, String where) {
        if (++depth > SchemaDocument.NESTING_MAX) {
            throw SchemaDocument.tooDeep();
        }
        ValueReader made = make(from, to, where);
        depth--;
        return made;
    }

    private ValueReader make(Schema from, Schema to, String where) {
        if (from instanceof Schema.Scalar a && to instanceof Schema.Scalar b) {
            return scalar(a, b, where);
        } else if (from instanceof Schema.Sequence a && to instanceof Schema.Sequence b) {
            return sequence(a, b, where);
        } else if (from instanceof Schema.Mapping a && to instanceof Schema.Mapping b) {
            noteKind(a.kind() == b.kind(), from, to, where);
            return new Readers.Mapping(
                    b.kind(),
                    reader(a.key(), b.key(), "a key of " + where),
                    reader(a.value(), b.value(), "a value of " + where));
        } else if (from instanceof Schema.Maybe a && to instanceof Schema.Maybe b) {
            return new Readers.Maybe(reader(a.element(), b.element(), where));
        } else if (from instanceof Schema.Array a && to instanceof Schema.Array b) {
            return array(a, b, where);
        } else if (from instanceof Schema.Named a && to instanceof Schema.Named b) {
            return named(a, b, where);
        } else if (from instanceof Schema.Any && to instanceof Schema.Any) {
            return any();
        }
        return problem(from, to, where);
    }

    private ValueReader scalar(Schema.Scalar from, Schema.Scalar to, String where) {
        boolean mayBecomeNull = !from.isPrimitive() && to.isPrimitive();
        Function<Object, Object> widening =
                from.type() == to.type() ? null : Widening.between(from.type(), to.type());
        if (mayBecomeNull || (from.type() != to.type() && widening == null)) {
            return problem(from, to, where);
        }
        noteKind(from.equals(to), from, to, where);
        keepsValues &= Widening.keepsEquality(from.type(), to.type());
        return widening == null ? to.type() : new Readers.Converted(from.type(), widening);
    }

    private ValueReader sequence(Schema.Sequence from, Schema.Sequence to, String where) {
        if (to.kind().isSet() && !from.kind().isSet()) {
            return problem(from, to, where);
        }
        noteKind(from.kind() == to.kind(), from, to, where);
        return new Readers.Sequence(
                to.kind(), reader(from.element(), to.element(), "an element of " + where));
    }

    private ValueReader array(Schema.Array from, Schema.Array to, String where) {
        ValueReader element = reader(from.element(), to.element(), "an element of " + where);
        boolean isPrimitive = isPrimitive(from.element());
        if (isPrimitive && from.equals(to)) {
            return PrimitiveArrays.of(((Schema.Scalar) to.element()).type());
        }
        return new Readers.Elements(now.elementClass(to.element()), isPrimitive, element);
    }

    private ValueReader named(Schema.Named from, Schema.Named to, String where) {
        Readers.Deferred known = named.get(new Pair(from.index(), to.index()));
        if (known != null) {
            return known.orTarget();
        }
        Readers.Deferred deferred = new Readers.Deferred();
        named.put(new Pair(from.index(), to.index()), deferred);
        return deferred.complete(definition(from, to, where));
    }

    private ValueReader definition(Schema.Named from, Schema.Named to, String where) {
        Definition before = stored.definition(from);
        Definition after = now.document().definition(to);
        ObjectShape shape = now.shapes().get(to.index());
        if (before instanceof Definition.Composite a
                && after instanceof Definition.Composite b
                && shape != null) {
            return composite(a, b, shape);
        } else if (before instanceof Definition.Constants a
                && after instanceof Definition.Constants b) {
            return constants(a, b, now.javaClass(to));
        } else if (before instanceof Definition.Union a && after instanceof Definition.Union b) {
            return union(a, b);
        }
        return problem(from, to, where);
    }

    private ValueReader composite(
            Definition.Composite from, Definition.Composite to, ObjectShape shape) {
        List<String> names = List.copyOf(to.components().keySet());
        int size = from.components().size();
        ValueReader[] parts = new ValueReader[size];
        boolean[] isPrimitive = new boolean[size];
        int[] targets = new int[size];
        int i = 0;
        for (Map.Entry<String, Schema> part : from.components().entrySet()) {
            String where = "component '" + part.getKey() + "' of " + to.name();
            Schema after = to.components().get(part.getKey());
            targets[i] = names.indexOf(part.getKey());
            isPrimitive[i] = isPrimitive(part.getValue());
            if (after == null) {
                keepsValues = false;
                changes.add(where + " was removed");
                parts[i] = generic.reader(part.getValue());
            } else {
                parts[i] = reader(part.getValue(), after, where);
            }
            i++;
        }
        return new Readers.Composite(shape, parts, isPrimitive, targets, defaults(from, to));
    }

    private @Nullable Object[] defaults(Definition.Composite from, Definition.Composite to) {
        @Nullable Object[] defaults = new @Nullable Object[to.components().size()];
        int i = 0;
        for (Map.Entry<String, Schema> part : to.components().entrySet()) {
            Object missing = null;
            if (part.getValue() instanceof Schema.Scalar scalar && scalar.isPrimitive()) {
                missing = Array.get(Array.newInstance(scalar.type().javaClass(true), 1), 0);
            }
            if (!from.components().containsKey(part.getKey())) {
                String given =
                        to.isRecord() ? String.valueOf(missing) : "what the constructor sets";
                keepsValues = false;
                changes.add(
                        "component '"
                                + part.getKey()
                                + "' of "
                                + to.name()
                                + " was added and is "
                                + given
                                + " in what was stored before");
            }
            defaults[i++] = missing;
        }
        return defaults;
    }

    private ValueReader constants(
            Definition.Constants from, Definition.Constants to, Class<?> type) {
        Object[] current = Objects.requireNonNull(type.getEnumConstants());
        List<Object> byPlace = new ArrayList<>();
        for (String name : from.constants()) {
            int place = to.constants().indexOf(name);
            if (place < 0) {
                problems.add("constant " + name + " of " + to.name() + " no longer exists");
            } else {
                byPlace.add(current[place]);
            }
        }
        if (!from.constants().equals(to.constants())) {
            changes.add(
                    "the constants of "
                            + to.name()
                            + " were "
                            + from.constants()
                            + " and are now "
                            + to.constants());
        }
        return new Readers.Constant(byPlace);
    }

    private ValueReader union(Definition.Union from, Definition.Union to) {
        List<ValueReader> cases = new ArrayList<>();
        for (Map.Entry<String, Integer> part : from.cases().entrySet()) {
            Integer after = to.cases().get(part.getKey());
            if (after == null) {
                problems.add("case " + part.getKey() + " of " + to.name() + " no longer exists");
            } else {
                cases.add(
                        reader(
                                new Schema.Named(part.getValue()),
                                new Schema.Named(after),
                                "case " + part.getKey() + " of " + to.name()));
            }
        }
        if (!from.cases().keySet().equals(to.cases().keySet())) {
            changes.add(
                    "the cases of "
                            + to.name()
                            + " were "
                            + from.cases().keySet()
                            + " and are now "
                            + to.cases().keySet());
        }
        return new Readers.Union(cases);
    }

    private ValueReader any() {
        if (any == null) {
            any = new Readers.Any();
            String[] names = stored.any().keySet().toArray(String[]::new);
            @Nullable ValueReader[] readers = new @Nullable ValueReader[names.length];
            for (int i = 0; i < names.length; i++) {
                Integer before = stored.any().get(names[i]);
                Integer after = now.document().any().get(names[i]);
                if (before != null && after != null) {
                    readers[i] =
                            reader(new Schema.Named(before), new Schema.Named(after), names[i]);
                } else {
                    classesAreGone = true;
                }
            }
            any.knowClasses(names, readers);
        }
        return any;
    }

    private void noteKind(boolean isSame, Schema from, Schema to, String where) {
        if (!isSame) {
            changes.add(wasAndIs(from, to, where));
        }
    }

    private ValueReader problem(Schema from, Schema to, String where) {
        problems.add(wasAndIs(from, to, where));
        return NEVER;
    }

    private String wasAndIs(Schema from, Schema to, String where) {
        return where + " was " + stored.name(from) + " and is now " + now.document().name(to);
    }

    private static boolean isPrimitive(Schema schema) {
        return schema instanceof Schema.Scalar scalar && scalar.isPrimitive();
    }

    private record Pair(int from, int to) {}
}
