package dev.waxwing.operators;

/** Numbers the values of one key in the order of their arrival, also over restarts. */
final class Arrivals {

    private long count;

    /**
     * @param count how many there were before
     */
    Arrivals(long count) {
        this.count = count;
    }

    /** The number of the value that has just come, larger than that of each before it. */
    long next() {
        return count++;
    }

    /** Their number. */
    long count() {
        return count;
    }
}
