/**
 * A recovery store in memory that can be made to fail at each point, for tests and simulation.
 *
 * <p>Read {@link dev.waxwing.recovery.memory.MemoryRecoveryStore} first, then {@link
 * dev.waxwing.recovery.memory.MemoryDisk}, which outlives it. This package must not know runners.
 */
@NullMarked
package dev.waxwing.recovery.memory;

import org.jspecify.annotations.NullMarked;
