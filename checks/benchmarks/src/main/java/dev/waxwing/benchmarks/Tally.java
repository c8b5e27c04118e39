package dev.waxwing.benchmarks;

/**
 * What came out: enough to see that two ways of doing the work have done the same. Confined to one
 * thread until that has ended.
 */
final class Tally {

    long count;
    long sum;

    void add(long value) {
        count++;
        sum += value;
    }

    void add(Tally other) {
        count += other.count;
        sum += other.sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tally that && count == that.count && sum == that.sum;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(count * 31 + sum);
    }

    @Override
    public String toString() {
        return count + " results with sum " + sum;
    }
}
