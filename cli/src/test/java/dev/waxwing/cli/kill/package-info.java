/** Word counts in a process of their own, killed again and again; read the KillTest first. */
@NullMarked
package dev.waxwing.cli.kill;

import org.jspecify.annotations.NullMarked;
