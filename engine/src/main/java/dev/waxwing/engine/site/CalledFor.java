package dev.waxwing.engine.site;

/**
 * Makes the item that a function was called for, for the message if it threw, of what is remembered
 * at no cost to the items for which it does not.
 */
@FunctionalInterface
public interface CalledFor {

    /*
     * A chain over numbers allocates nothing as long as nobody but the next function looks at the box of a number. A
     * handler that names the item looks at it, and then the compiler allocates all boxes of the chain: a tenth of the
     * speed (docs/decisions/0007). So a handler names the item's two parts. And before it calls anything with them it
     * evaluates a method reference, Boxed::of, whose site is linked when the first item fails: compiled code leaves to
     * the interpreter there, and nothing has escaped.
     */
    Object from(long bits, Object rest);
}
