/**
 * Keyed state: one logic for each key ({@link dev.waxwing.engine.state.KeyedState}), or one for all
 * in columns ({@link dev.waxwing.engine.state.ColumnarState}), and the links that call them.
 */
@NullMarked
package dev.waxwing.engine.state;

import org.jspecify.annotations.NullMarked;
