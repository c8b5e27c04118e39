/**
 * Bounded edges between stages: batches and marks, handed over in order by one sender to one
 * receiver. Read {@link dev.waxwing.embedded.channel.Sender} first. Knows nothing of steps.
 */
@NullMarked
package dev.waxwing.embedded.channel;

import org.jspecify.annotations.NullMarked;
