package dev.waxwing.testing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Closes everything, whatever happens. */
final class Closing {

    private Closing() {}

    /** Closes all; then throws what was thrown first, the rest suppressed. */
    static void all(List<? extends AutoCloseable> closeables) throws Exception {
        Exception first = null;
        for (AutoCloseable closeable : closeables) {
            first = close(closeable, first);
        }
        if (first != null) {
            throw first;
        }
    }

    private static @Nullable Exception close(AutoCloseable closeable, @Nullable Exception first) {
        try {
            closeable.close();
            return first;
        } catch (Exception e) {
            if (first == null) {
                return e;
            }
            first.addSuppressed(e);
            return first;
        }
    }
}
