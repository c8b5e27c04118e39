/**
 * What a join keeps and when it emits: read {@link dev.waxwing.join.JoinOptions} first. Joins are
 * keyed state like any other; this package knows no runner.
 */
@NullMarked
package dev.waxwing.join;

import org.jspecify.annotations.NullMarked;
