/**
 * All that is done for the JIT compiler: copies of classes whose parts are constants, and loops
 * over them. A plain class does the same work wherever one of them cannot be used.
 */
@NullMarked
package dev.waxwing.engine.jit;

import org.jspecify.annotations.NullMarked;
