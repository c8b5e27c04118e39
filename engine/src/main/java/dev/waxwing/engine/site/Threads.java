package dev.waxwing.engine.site;

/** Starts threads for what may block; given by the host. Thread-safe. */
@FunctionalInterface
public interface Threads {

    /**
     * Starts a thread that does not keep the JVM from ending, with the context class loader of the
     * calling thread.
     */
    Thread start(String name, Runnable work);
}
