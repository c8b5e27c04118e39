/**
 * From plan to links: which steps share a stage, and the copies of classes that let the compiler
 * fold a chain. Read {@link dev.waxwing.embedded.compile.WorkerCompiler} first.
 */
@NullMarked
package dev.waxwing.embedded.compile;

import org.jspecify.annotations.NullMarked;
