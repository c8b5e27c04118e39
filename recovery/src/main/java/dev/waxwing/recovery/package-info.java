/**
 * Recovery as its users see it: where snapshots are kept and what a new execution starts from.
 *
 * <p>Read {@link dev.waxwing.recovery.RecoveryOptions} first. How a store keeps its promises is the
 * concern of {@code dev.waxwing.recovery.store}, how objects become bytes that of {@code
 * dev.waxwing.recovery.codec}. This package must know neither of them, nor a runner.
 */
@NullMarked
package dev.waxwing.recovery;

import org.jspecify.annotations.NullMarked;
