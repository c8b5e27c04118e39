/**
 * Keyed state: read {@link dev.waxwing.state.StatefulLogic} first. A logic holds the state of one
 * key and is called with its values, when its time has come, and at the end of input.
 *
 * <p>This package knows no runner and nothing of how state is stored.
 */
@NullMarked
package dev.waxwing.state;

import org.jspecify.annotations.NullMarked;
