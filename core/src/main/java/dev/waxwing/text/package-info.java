/**
 * The text of values, the same in every connector. Read {@link dev.waxwing.text.TextForms} first: a
 * table with one form for each type, which keeps a value as it is or refuses it. {@link
 * dev.waxwing.text.Nullness} tells which components of a record take null.
 *
 * <p>This package knows no file format, no database and no runner.
 */
@NullMarked
package dev.waxwing.text;

import org.jspecify.annotations.NullMarked;
