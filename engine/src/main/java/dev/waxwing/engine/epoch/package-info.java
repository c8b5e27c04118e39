/**
 * The coordinator of epochs: when one ends, what it wrote, when it is decided and done. Read {@link
 * dev.waxwing.engine.epoch.Coordinator} first.
 */
@NullMarked
package dev.waxwing.engine.epoch;

import org.jspecify.annotations.NullMarked;
