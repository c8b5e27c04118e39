/**
 * Time and windows: read {@link dev.waxwing.windowing.Clock} and {@link
 * dev.waxwing.windowing.Windower} first. A clock says when a value happened and how far time has
 * come; a windower says to which windows that time belongs and when they close; a logic holds what
 * a window knows.
 *
 * <p>All of it is per key and library code: a window is a keyed state like any other. This package
 * knows no runner. Inside, time is in microseconds; see {@link dev.waxwing.windowing.Micros}.
 */
@NullMarked
package dev.waxwing.windowing;

import org.jspecify.annotations.NullMarked;
