package dev.waxwing.engine.channel;

/** The edges between stages of all workers; a host has them from one end to the other. */
public interface Edges {

    /**
     * The number of an input of a step, the same for all workers.
     *
     * @param step its index among the plan's core steps
     * @param up which of its inputs
     */
    int id(int step, int up);

    /**
     * The edge to an input of a step from one worker to another, always the same one. What is added
     * to it at the sending end is what its receiving end gives.
     */
    Sender sender(int step, int up, int from, int to);
}
