package dev.waxwing.recovery.codec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A schema together with the classes that it was made from. Immutable.
 *
 * @param classes of the definitions, in their order
 * @param shapes of the definitions that are composites, in their order; null for the others
 */
record BoundSchema(
        SchemaDocument document, List<Class<?>> classes, List<@Nullable ObjectShape> shapes) {

    Class<?> javaClass(Schema.Named named) {
        return classes.get(named.index());
    }

    /** The class of an array's elements. */
    Class<?> elementClass(Schema element) {
        if (element instanceof Schema.Scalar scalar) {
            return scalar.type().javaClass(scalar.isPrimitive());
        } else if (element instanceof Schema.Named named) {
            return javaClass(named);
        } else if (element instanceof Schema.Array array) {
            return elementClass(array.element()).arrayType();
        }
        return Object.class;
    }
}
