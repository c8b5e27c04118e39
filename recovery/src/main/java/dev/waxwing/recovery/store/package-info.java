/**
 * What survives a crash: the contract of recovery stores, for runners and for who writes a store.
 *
 * <p>Read {@link dev.waxwing.recovery.store.RecoveryStore} first, then {@link
 * dev.waxwing.recovery.store.StoreKind}, by which one is found. {@link
 * dev.waxwing.recovery.store.EpochHistory} and {@link dev.waxwing.recovery.store.SchemaDictionary}
 * are the rules that all stores share. This package must know no store and no runner.
 */
@NullMarked
package dev.waxwing.recovery.store;

import org.jspecify.annotations.NullMarked;
