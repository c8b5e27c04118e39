package dev.waxwing.benchmarks;

import dev.waxwing.Stream;

/** Where sales go with some guarantee, and how much of them a reader sees. Used once. */
interface SaleTarget extends AutoCloseable {

    /** What it is and what is promised. */
    String name();

    /** Whether the promise needs a recovery store. */
    boolean needsRecovery();

    /** How many sales take seconds. */
    int manySales();

    /** Ends a dataflow there. */
    void take(Stream<Sale> sales);

    /** How many sales a reader sees now, who reads as the promise says; all before the last one. */
    long visible() throws Exception;

    @Override
    void close() throws Exception;
}
