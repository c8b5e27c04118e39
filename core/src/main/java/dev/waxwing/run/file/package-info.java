/**
 * Files that an execution keeps for itself, for stores and sinks of this project. Not for users.
 */
@NullMarked
package dev.waxwing.run.file;

import org.jspecify.annotations.NullMarked;
