/**
 * Where users' functions meet a runner: kernels do the work of one item, emitters take what comes
 * out. Read {@link dev.waxwing.kernel.Kernel} first.
 *
 * <p>This package knows no stream and no runner.
 */
@NullMarked
package dev.waxwing.kernel;

import org.jspecify.annotations.NullMarked;
