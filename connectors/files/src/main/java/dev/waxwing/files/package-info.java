/**
 * Files, directories, CSV, JSON, standard in and out, and demo sources. Read {@link
 * dev.waxwing.files.TextFiles} first; {@link dev.waxwing.files.CsvFiles} and {@link
 * dev.waxwing.files.JsonFiles} read and write other forms by the same means.
 *
 * <p>Sources resume at a byte offset; sinks return to one, after they have verified that the file
 * still is what was written. What is no line, row or document is rejected with file and line.
 *
 * <p>This package knows the contracts of source and sink and no runner.
 */
@NullMarked
package dev.waxwing.files;

import org.jspecify.annotations.NullMarked;
