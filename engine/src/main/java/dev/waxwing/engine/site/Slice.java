package dev.waxwing.engine.site;

/** Large work, done a bounded part at a time. */
@FunctionalInterface
public interface Slice {

    /** Does a part; returns whether it is finished. */
    boolean run();
}
