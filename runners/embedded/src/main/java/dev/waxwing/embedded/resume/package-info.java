/**
 * What an execution starts from: partitions listed, state read and checked. Read {@link
 * dev.waxwing.embedded.resume.Preparation} first.
 */
@NullMarked
package dev.waxwing.embedded.resume;

import org.jspecify.annotations.NullMarked;
