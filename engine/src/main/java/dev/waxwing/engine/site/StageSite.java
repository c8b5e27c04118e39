package dev.waxwing.engine.site;

import dev.waxwing.engine.channel.Budget;
import dev.waxwing.engine.channel.Sender;

/** What links know of their stage: where they register what the stage must do for them. */
public interface StageSite {

    /**
     * The lane of items that have lost theirs: calls of an earlier execution that are made again,
     * what keys emit that no item has come to since, and what a target rejects when it commits.
     */
    int NO_LANE = -1;

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

    /** The time of the present activation; used up when nothing more can be taken. */
    Budget budget();

    /**
     * Asked at every activation, for what becomes due by time or elsewhere, in the order in which
     * they were added: links are made downstream first, so what one passes on meets only links that
     * have had their turn and wait for the flush that follows.
     */
    void poll(Polled polled);

    /** How many lanes feed the stage: source partitions, senders, or the lanes of merged stages. */
    int laneCount();

    /** Whether a lane will bring no more items and none is held. */
    boolean isLaneEnded(int lane);

    /**
     * Until when it is known that a lane had nothing, in steady milliseconds: a partition that
     * could not be read, as the stage rested, is not known to have been silent, nor is one of which
     * an item is held.
     */
    long silentMillis(int lane);

    /** The lane of the items that are being pushed, from 0, or {@link #NO_LANE}. */
    int lane();

    /**
     * Items of a lane come next. If links hold items up to the end of an activation before the lane
     * is asked for, the activation of another lane ends here.
     */
    void lane(int lane);

    /**
     * Passes items of another lane on, in the middle of an activation.
     *
     * @param flush of the link that takes them
     */
    void passAs(int lane, Runnable flush, Runnable items);

    /** A link holds an item of a lane over the end of the activation. */
    void hold(int lane);

    /** An item that was held goes on now, as the next item of its lane. */
    void release(int lane);

    /** An item that was held goes no further in this stage. */
    void letGo(int lane);

    /** Whether a link holds an item of a lane. */
    boolean isHolding(int lane);

    /** A link of this stage, or of one behind a merge, asks for lanes. */
    void tellLanes();

    /** Whether a link that has been made already, so one downstream, asks for lanes. */
    boolean tellsLanes();

    /** A link that holds items up to the end of an activation is before one that asks for lanes. */
    void endActivationsByLane();
}
