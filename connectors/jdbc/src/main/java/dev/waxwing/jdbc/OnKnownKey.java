package dev.waxwing.jdbc;

/** What becomes of the row that has the keys of a new one. */
enum OnKnownKey {
    REPLACE,
    KEEP
}
