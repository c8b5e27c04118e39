/**
 * The functions that users hand to operators. All are serializable, so that a plan can travel to a
 * cluster, and may throw checked exceptions. One instance is shared by all workers of a JVM: what a
 * lambda captures must be safe to share. Results are never null unless the operator says so.
 *
 * <p>This package knows nothing of dataflows.
 */
@NullMarked
package dev.waxwing.function;

import org.jspecify.annotations.NullMarked;
