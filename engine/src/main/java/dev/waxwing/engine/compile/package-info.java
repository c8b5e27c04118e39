/**
 * From plan to links: which steps share a stage, and the copies of classes that let the compiler
 * fold a chain. Read {@link dev.waxwing.engine.compile.WorkerCompiler} first.
 */
@NullMarked
package dev.waxwing.engine.compile;

import org.jspecify.annotations.NullMarked;
