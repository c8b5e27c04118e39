package dev.waxwing.recovery;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stored record or object without its class. Immutable if its components are.
 *
 * @param typeName simple name of the class when it was stored
 * @param components in the order in which they were stored; objects among them are generic too
 */
public record GenericObject(String typeName, Map<String, @Nullable Object> components) {

    /** Takes a copy that keeps the order. */
    public GenericObject {
        components = Collections.unmodifiableMap(new LinkedHashMap<>(components));
    }

    /** The value of a component; null if it is null or there is none. */
    public @Nullable Object get(String component) {
        return components.get(component);
    }
}
