package dev.waxwing.benchmarks;

/** A row of {@link TableRows}, an item of {@link PostedItems}. */
record Sale(long id, String name, long cents) {

    static Sale at(int position) {
        return new Sale(position, "customer " + position % 997, position * 7919L % 100_003);
    }
}
