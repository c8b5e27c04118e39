package dev.waxwing.embedded;

import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicInteger;

/** What a parker that nobody uses any more would do, which it tells nobody. */
final class ParkerLooks {

    private static final int NOTIFIED = 2;
    private static final Field STATE;

    static {
        try {
            STATE = Parker.class.getDeclaredField("state");
            STATE.setAccessible(true);
        } catch (NoSuchFieldException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private ParkerLooks() {}

    /** Whether the owner would look again and not rest. */
    static boolean isNotified(Parker parker) {
        try {
            return ((AtomicInteger) STATE.get(parker)).get() == NOTIFIED;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
