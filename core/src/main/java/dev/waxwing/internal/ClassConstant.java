package dev.waxwing.internal;

import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/**
 * What objects of a class are made of, as a constant of that class. A runner may copy a class for a
 * step alone, and whose only constructor takes one value gets that as the class data of the copy:
 * in a static final field, the compiler reads through it where it would have to ask each object.
 */
public final class ClassConstant {

    private ClassConstant() {}

    /**
     * The value of a copy; null in the class itself, whose objects have to use their fields.
     *
     * @param lookup of the class that asks, made by itself
     */
    public static <P> @Nullable P of(MethodHandles.Lookup lookup, Class<P> type) {
        try {
            return MethodHandles.classData(lookup, "_", type);
        } catch (IllegalAccessException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
