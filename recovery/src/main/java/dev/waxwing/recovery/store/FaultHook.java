package dev.waxwing.recovery.store;

/** Called by a store around every durable step, so that a test can make it fail there. */
@FunctionalInterface
public interface FaultHook {

    /** Never fails. */
    FaultHook NONE = operation -> {};

    /**
     * Lets the operation go on by returning, or ends it there by throwing.
     *
     * @param operation name of the store's method and {@code .before} or {@code .after} its atomic
     *     point, such as {@code decide.before}: nothing is stored yet, {@code decide.after}: all is
     */
    void at(String operation);
}
