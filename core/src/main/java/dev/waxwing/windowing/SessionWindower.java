package dev.waxwing.windowing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Windows of values that follow each other closely: a value belongs to the session from which it is
 * no further away than {@code gap}, and sessions that come as near to each other become one, of
 * which the earlier one's id remains. A session spans from the timestamp of its first to that of
 * its last value, both inclusive; it closes when the watermark is more than {@code gap} past its
 * end.
 *
 * @param gap the longest time without a value within a session; zero or longer, in whole
 *     microseconds
 */
public record SessionWindower(Duration gap) implements Windower<SessionWindower.Sessions> {

    /** The id that late values are given: which session they would have been in is not known. */
    public static final long LATE_ID = -1;

    public SessionWindower {
        if (gap.isNegative()) {
            throw new IllegalArgumentException("gap must be zero or longer, but was " + gap);
        }
        Micros.checkWhole("gap", gap);
    }

    /** Sessions that end when nothing comes for longer than {@code gap}. */
    public static SessionWindower of(Duration gap) {
        return new SessionWindower(gap);
    }

    /** The gap is none of them: sessions that are open go on with today's. */
    @Override
    public Map<String, String> settings() {
        return Map.of("kind of windows", "sessions");
    }

    @Override
    public WindowerLogic<Sessions> build(@Nullable Sessions resumeState) {
        return new SessionWindowerLogic(Micros.of(gap), resumeState);
    }

    /**
     * The sessions of a key.
     *
     * @param highestId of all sessions so far
     * @param open in the order in which they were opened
     */
    public record Sessions(long highestId, List<WindowResult.Metadata> open) {}
}
