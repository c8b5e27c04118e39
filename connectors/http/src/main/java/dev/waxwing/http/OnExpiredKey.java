package dev.waxwing.http;

/**
 * What to do with a request that may have been sent longer ago than the endpoint remembers keys:
 * the endpoint may have it, and would take it again.
 */
public enum OnExpiredKey {
    /** It is not sent; the execution stops and keeps it, until somebody has chosen. */
    STOP,
    /** It is sent, and may then be there twice. */
    SEND_AGAIN,
    /** It is not sent; its items become dead letters of the step. */
    DEAD_LETTER
}
