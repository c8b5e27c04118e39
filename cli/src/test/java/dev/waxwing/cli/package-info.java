/** Tests of the command line, in this process and in processes of its own. */
@NullMarked
package dev.waxwing.cli;

import org.jspecify.annotations.NullMarked;
