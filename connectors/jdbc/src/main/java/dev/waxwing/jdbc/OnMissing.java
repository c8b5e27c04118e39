package dev.waxwing.jdbc;

/** What to do if a table that a sink needs for itself is not there. */
public enum OnMissing {
    /** Refuse the start, with the statement that makes it. */
    FAIL,
    /** Make it, which the user of the database must be allowed to. */
    CREATE
}
