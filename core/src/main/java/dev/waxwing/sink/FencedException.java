package dev.waxwing.sink;

/**
 * An execution must not write to a target, as its marker belongs to another. The execution stops,
 * and does not start again by itself.
 */
public final class FencedException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what was found, and what to do
     */
    public FencedException(String message) {
        super(message);
    }
}
