package dev.waxwing.engine.link;

/**
 * Whether a call of a step's kernel is under way and has not itself passed an item on. Written by
 * the thread that runs the stage, and asked by no other.
 */
public final class Gate {

    /*
     * One for all calls of a kernel, and not an object a call: to make one while an item is alive has the compiler
     * allocate the item's box, too (see Boxed; docs/decisions/0060).
     */
    boolean open;
}
