package dev.waxwing.files;

/** What to do when a file that is followed was truncated, or another file has taken its name. */
public enum OnTruncation {
    /** Stop with an error that says what was found. */
    FAIL,
    /** Read the new content from its beginning; the old file is read to its end first if it can. */
    RESTART
}
