package dev.waxwing.files;

/** What becomes of a line whose bytes are not text of the charset. */
public enum MalformedText {
    /** What cannot be decoded becomes U+FFFD, and the line is emitted. */
    REPLACE,
    /** The line is no item: it goes to the step's dead letters or stops the execution. */
    REJECT
}
