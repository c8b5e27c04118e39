package dev.waxwing.http;

/**
 * Where an event stream goes on.
 *
 * @param lastEventId of the last event that was read, empty before the first
 * @param ended whether the server has said that there will be no more
 */
record EventStreamPosition(String lastEventId, boolean ended) {

    static final EventStreamPosition START = new EventStreamPosition("", false);
}
