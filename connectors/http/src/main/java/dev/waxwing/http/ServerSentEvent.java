package dev.waxwing.http;

/**
 * An event of an event stream.
 *
 * @param id the last id that the stream has named, with this event or before it; empty if none
 * @param event its type, {@code message} if the stream does not say
 * @param data its lines, with {@code \n} between them
 */
public record ServerSentEvent(String id, String event, String data) {}
