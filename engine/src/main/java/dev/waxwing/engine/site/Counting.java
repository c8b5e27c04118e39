package dev.waxwing.engine.site;

/**
 * Counts what is handed to it, where no step that has it counts for one step before. Written by the
 * worker; others may read it, then it may lag.
 */
public interface Counting {

    long items();
}
