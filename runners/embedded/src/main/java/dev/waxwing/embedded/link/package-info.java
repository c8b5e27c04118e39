/**
 * How each core operator runs: one small link each, pushed one item at a time. Read {@link
 * dev.waxwing.embedded.link.Link} first. Links know neither workers' threads nor how epochs are
 * decided.
 */
@NullMarked
package dev.waxwing.embedded.link;

import org.jspecify.annotations.NullMarked;
