package dev.waxwing.state;

import java.time.Instant;

/** The range in which an instant fits milliseconds since 1970. */
final class NotifyTimes {

    static final Instant FIRST = Instant.ofEpochMilli(Long.MIN_VALUE);
    static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private NotifyTimes() {}
}
