/** A dataflow in a class loader of its own. */
@NullMarked
package dev.waxwing.jdbc.plugin;

import org.jspecify.annotations.NullMarked;
