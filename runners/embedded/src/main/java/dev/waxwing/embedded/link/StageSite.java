package dev.waxwing.embedded.link;

import dev.waxwing.embedded.channel.Sender;

/** What links know of their stage: where they register what the stage must do for them. */
public interface StageSite {

    /** The epoch that is open in this stage. */
    long epoch();

    /** Whether unfinished calls are being made again, before anything is read and timers fire. */
    boolean isSettling();

    /**
     * Large work that is done in slices; the stage takes no input and no marks until it is
     * finished.
     */
    void defer(Slice slice);

    /**
     * Passes the end of input on as soon as all links of the stage take a mark, before marks that
     * wait already: what a link still holds, such as items to be tried again, comes first.
     */
    void passEnd(Runnable end);

    /** The stage takes no input while this edge is blocked; marks may pass. */
    void gate(Sender sender);

    /** Asked at every activation, for what becomes due by time or elsewhere. */
    void poll(Polled polled);

    /** How many lanes feed the stage: source partitions or senders. */
    int laneCount();

    /** Whether a lane will bring no more items. */
    boolean isLaneEnded(int lane);

    /** The lane of the items that are being pushed, from 0. */
    int lane();
}
