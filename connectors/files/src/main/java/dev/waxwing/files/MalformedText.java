package dev.waxwing.files;

/**
 * What becomes of text that is none: of a line that is read and whose bytes are not of the charset,
 * or of an item that is written and has half of a surrogate pair.
 */
public enum MalformedText {
    /** What cannot be decoded or encoded becomes U+FFFD, and the line is emitted or written. */
    REPLACE,
    /**
     * The line is no item, or the item no line: it goes to the step's dead letters or stops the
     * execution.
     */
    REJECT
}
