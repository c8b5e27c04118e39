/**
 * What survives a crash: the contract of the recovery store, and what it stores.
 *
 * <p>Read {@link dev.waxwing.recovery.RecoveryStore} first, then {@link
 * dev.waxwing.recovery.StatePage}. The store knows states, keys and values as bytes only; how
 * objects become bytes is the concern of {@code dev.waxwing.recovery.codec}, how bytes become a
 * file that of {@code dev.waxwing.recovery.sqlite}. This package must know neither of them, nor a
 * runner.
 */
@NullMarked
package dev.waxwing.recovery;

import org.jspecify.annotations.NullMarked;
