/**
 * How fast whole dataflows are, beside the loop that one would write by hand for the same work.
 * Read {@link dev.waxwing.benchmarks.FlowBenchmarks} first, then {@link
 * dev.waxwing.benchmarks.Load}. Knows nothing of how the runner works.
 */
@NullMarked
package dev.waxwing.benchmarks;

import org.jspecify.annotations.NullMarked;
