package dev.waxwing.run.check;

/** Why an item that a target has rejected is a dead letter. */
public final class RejectedItemException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * @param reason as the sink gave it
     */
    public RejectedItemException(String reason) {
        super(reason);
    }
}
