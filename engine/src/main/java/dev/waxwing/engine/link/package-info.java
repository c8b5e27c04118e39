/**
 * How each core operator runs: one small link each, pushed one item at a time. Read {@link
 * dev.waxwing.engine.link.Link} first. Links know neither workers' threads nor how epochs are
 * decided.
 */
@NullMarked
package dev.waxwing.engine.link;

import org.jspecify.annotations.NullMarked;
