package dev.waxwing.examples;

/** How strong an earthquake is, in words. */
public enum MagnitudeClass {
    MICRO(2),
    MINOR(4),
    LIGHT(5),
    MODERATE(6),
    STRONG(7),
    MAJOR(8),
    GREAT(Double.POSITIVE_INFINITY);

    private final double below;

    MagnitudeClass(double below) {
        this.below = below;
    }

    static MagnitudeClass of(double magnitude) {
        for (var candidate : values()) {
            if (magnitude < candidate.below) {
                return candidate;
            }
        }
        throw new IllegalArgumentException("magnitude must be a number, but was " + magnitude);
    }
}
