/** Tests of the file connectors: partitions are driven directly, without a runner. */
@NullMarked
package dev.waxwing.files;

import org.jspecify.annotations.NullMarked;
