package dev.waxwing.recovery;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Classes that may be stored where no type is declared, such as in an {@code Object} or a raw
 * {@code List}. Immutable.
 *
 * <p>Classes that are reached from the type of a state need not be registered.
 */
public final class CodecRegistry {

    private static final CodecRegistry EMPTY = new CodecRegistry(Map.of());

    private final Map<String, Class<?>> classes;

    private CodecRegistry(Map<String, Class<?>> classes) {
        this.classes = classes;
    }

    /** Nothing but what is reached from the types. */
    public static CodecRegistry empty() {
        return EMPTY;
    }

    /** A copy that also knows some classes by their simple names. */
    public CodecRegistry with(Class<?>... more) {
        CodecRegistry registry = this;
        for (Class<?> type : more) {
            registry = registry.with(type.getSimpleName(), type);
        }
        return registry;
    }

    /**
     * A copy that also knows a class by a name, which is what is stored; keep it when the class is
     * renamed.
     *
     * @throws IllegalArgumentException if another class has this name
     */
    public CodecRegistry with(String name, Class<?> type) {
        Class<?> former = classes.get(Objects.requireNonNull(name, "name"));
        if (former != null && former != type) {
            throw new IllegalArgumentException(
                    type.getName()
                            + " cannot be registered as '"
                            + name
                            + "', which is "
                            + former.getName()
                            + "; register it with a name of its own");
        }
        Map<String, Class<?>> more = new LinkedHashMap<>(classes);
        more.put(name, type);
        return new CodecRegistry(more);
    }

    /** Name to class. Unmodifiable. */
    public Map<String, Class<?>> classes() {
        return Collections.unmodifiableMap(classes);
    }
}
