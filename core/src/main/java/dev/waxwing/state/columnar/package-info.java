/**
 * State of all keys of a worker in one logic, which keeps it in arrays. Read {@link
 * dev.waxwing.state.columnar.ColumnarLogic} first. Not for users: windows are what uses it.
 *
 * <p>This package knows no window and no runner.
 */
@NullMarked
package dev.waxwing.state.columnar;

import org.jspecify.annotations.NullMarked;
