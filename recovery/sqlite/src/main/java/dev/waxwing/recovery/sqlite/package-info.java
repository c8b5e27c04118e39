/**
 * The recovery store of one SQLite file in a directory, with segment files beside it.
 *
 * <p>Read {@link dev.waxwing.recovery.sqlite.SqliteRecoveryStore} first, then {@code StoreFile} and
 * {@code StoreOpening}. {@link dev.waxwing.recovery.sqlite.StoreBackup} copies a store in use. The
 * store knows states, keys and values as bytes only; this package must not know how objects become
 * bytes, nor a runner.
 */
@NullMarked
package dev.waxwing.recovery.sqlite;

import org.jspecify.annotations.NullMarked;
