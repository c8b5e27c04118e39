/**
 * An hour of a dataflow, with all that it uses of the machine measured; read the SoakTest first.
 */
@NullMarked
package dev.waxwing.cli.soak;

import org.jspecify.annotations.NullMarked;
