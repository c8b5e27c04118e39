/**
 * A file system in memory that forgets, when its power is lost, what was not forced. Read {@link
 * dev.waxwing.simulation.disk.PowerLossDisk} first. It knows nothing of dataflows.
 */
@NullMarked
package dev.waxwing.simulation.disk;

import org.jspecify.annotations.NullMarked;
