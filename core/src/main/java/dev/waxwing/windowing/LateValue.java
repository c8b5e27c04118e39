package dev.waxwing.windowing;

/**
 * A value that came too late for a window.
 *
 * @param windowId the window that it would have been in; {@link SessionWindower#LATE_ID} if that is
 *     not known
 * @param value the value
 * @param <V> value
 */
public record LateValue<V>(long windowId, V value) {}
