/**
 * What an execution starts from: partitions listed, state read and checked. Read {@link
 * dev.waxwing.engine.resume.Preparation} first.
 */
@NullMarked
package dev.waxwing.engine.resume;

import org.jspecify.annotations.NullMarked;
