package dev.waxwing.engine.sink;

/** A sink partition with a position, at which the next execution goes on. */
interface PositionPart extends SinkPart {

    /** The position after what was written last; asked on the worker. */
    Object snapshot() throws Exception;

    /** Makes what was written before the last snapshot durable; on the coordinator's thread. */
    void force() throws Exception;

    /** Checks that what was written is still there; on the coordinator's thread. */
    void check() throws Exception;

    /** Takes the position of an epoch that is decided; on the coordinator's thread. */
    void onDecided(Object position) throws Exception;
}
