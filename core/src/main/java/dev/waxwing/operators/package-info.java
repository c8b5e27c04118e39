/**
 * The derived operators, one file each, made by the same door that users' operators use. Not for
 * users: the methods of {@link dev.waxwing.Stream} and {@link dev.waxwing.KeyedStream} lead here.
 *
 * <p>This package knows no runner.
 */
@NullMarked
package dev.waxwing.operators;

import org.jspecify.annotations.NullMarked;
