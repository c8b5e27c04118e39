package dev.waxwing.source;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message as a queue delivers it.
 *
 * @param tag names this delivery, to acknowledge it by
 * @param id names the message, the same each time that it is delivered; null if the queue has none
 * @param item what it says
 * @param <T> item
 */
public record QueueMessage<T>(String tag, @Nullable String id, T item) {

    public QueueMessage {
        Objects.requireNonNull(tag, "tag must not be null");
        Objects.requireNonNull(item, "item must not be null");
    }
}
