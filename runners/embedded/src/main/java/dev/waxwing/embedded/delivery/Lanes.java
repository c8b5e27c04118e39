package dev.waxwing.embedded.delivery;

/** Where lanes come from: threads, or a simulation. Thread-safe. */
@FunctionalInterface
public interface Lanes {

    /**
     * @param name for whoever looks at the threads
     */
    Lane open(String name);
}
