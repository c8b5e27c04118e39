package dev.waxwing.engine.channel;

/** Marks with numbers from zero, by which their order is seen. */
final class Marks {

    /** How many the smallest ring holds. */
    static final int RING = 4;

    private Marks() {}

    /** Fills the ring, and one mark more waits in the overflow. */
    static void fill(Sender edge) {
        send(edge, 0, RING + 1);
    }

    static void send(Sender edge, int from, int to) {
        for (int i = from; i < to; i++) {
            edge.mark(new Mark.Barrier(i));
        }
    }
}
