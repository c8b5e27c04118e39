/**
 * The {@code waxwing} command: finds a dataflow by the name of its class, runs or draws it, and
 * shows what a recovery store holds. Read {@link dev.waxwing.cli.WaxwingCommand} first; each
 * command is a class.
 *
 * <p>Only {@link dev.waxwing.cli.Main} ends the process, and only this module takes signals.
 */
@NullMarked
package dev.waxwing.cli;

import org.jspecify.annotations.NullMarked;
