/**
 * Complete programs, each with a test. Read {@link dev.waxwing.examples.WordCount} first; the code
 * in the guide is taken from here.
 */
@NullMarked
package dev.waxwing.examples;

import org.jspecify.annotations.NullMarked;
