package dev.waxwing.files;

import java.time.Instant;

/**
 * Where a metric goes on.
 *
 * @param nextAwake when the next value is due
 * @param count how many values have been emitted
 */
record MetricPosition(Instant nextAwake, long count) {}
