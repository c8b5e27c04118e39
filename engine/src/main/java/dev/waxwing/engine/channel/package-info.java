/**
 * Bounded edges between stages: batches and marks, handed over in order by one sender to one
 * receiver. Read {@link dev.waxwing.engine.channel.Sender} first. Knows nothing of steps.
 */
@NullMarked
package dev.waxwing.engine.channel;

import org.jspecify.annotations.NullMarked;
