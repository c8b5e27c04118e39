package dev.waxwing.recovery.page;

/** Takes restored state, page by page, on the thread that called the store. */
@FunctionalInterface
public interface PageConsumer {

    /**
     * Takes one page; what it throws ends the restoring and reaches the caller.
     *
     * <p>Must not call the store.
     *
     * @param page live entries only, none removed; the consumer may keep it
     */
    void accept(StatePage page);
}
