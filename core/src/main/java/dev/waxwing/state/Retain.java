package dev.waxwing.state;

/** Whether a key's logic is kept after a call. */
public enum Retain {
    /** Keep the logic and its state. */
    KEEP,
    /** Drop both; the key's next value meets a new logic. */
    DISCARD
}
