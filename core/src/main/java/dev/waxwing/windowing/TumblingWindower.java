package dev.waxwing.windowing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Windows of equal length, one after the other: a {@link SlidingWindower} whose offset is its
 * length.
 *
 * @param length of each window; longer than zero, in whole microseconds
 * @param alignTo where window 0 opens; in whole microseconds, within 2<sup>60</sup> of them, some
 *     36,000 years, of 1970
 */
public record TumblingWindower(Duration length, Instant alignTo) implements Windower<List<Long>> {

    public TumblingWindower {
        SlidingWindower.check("length", length);
        SlidingWindower.checkAlignment(alignTo);
    }

    /** Windows that are aligned to 1970. */
    public static TumblingWindower of(Duration length) {
        return new TumblingWindower(length, Instant.EPOCH);
    }

    /** The same with window 0 opening at an instant. */
    public TumblingWindower alignedTo(Instant instant) {
        return new TumblingWindower(length, instant);
    }

    /** The same windows as a sliding windower. */
    public SlidingWindower toSliding() {
        return new SlidingWindower(length, length, alignTo);
    }

    @Override
    public Map<String, String> settings() {
        return toSliding().settings();
    }

    @Override
    public WindowerLogic<List<Long>> build(@Nullable List<Long> resumeState) {
        return toSliding().build(resumeState);
    }
}
