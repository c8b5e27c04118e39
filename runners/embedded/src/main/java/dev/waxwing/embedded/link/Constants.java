package dev.waxwing.embedded.link;

import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/** What a copy of a link's class is made of, as a constant of that class. */
final class Constants {

    private Constants() {}

    /** The class data of a copy; null in the class itself. */
    static <P> @Nullable P of(MethodHandles.Lookup lookup, Class<P> type) {
        try {
            return MethodHandles.classData(lookup, "_", type);
        } catch (IllegalAccessException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
