/**
 * Shows people what is in a store: keys and values as text, by SQL or as the difference of two
 * epochs. Works on a {@link dev.waxwing.recovery.store.StoreReader}, so it never changes a store,
 * and needs none of the classes whose values it shows. This package must not know runners.
 */
@NullMarked
package dev.waxwing.recovery.sqlite.inspect;

import org.jspecify.annotations.NullMarked;
