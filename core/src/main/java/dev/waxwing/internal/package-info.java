/**
 * Small parts that several packages and modules of this project share. Not for users: it may change
 * with every version.
 *
 * <p>This package knows functions and types only, no step and no partition.
 */
@NullMarked
package dev.waxwing.internal;

import org.jspecify.annotations.NullMarked;
