package dev.waxwing.engine.link;

/** A link with one link behind it, to which it passes marks as they come. */
interface PassingLink extends Link {

    /** The link behind it. */
    Link next();

    @Override
    default void flush() {
        next().flush();
    }

    @Override
    default void barrier(long epoch) {
        next().barrier(epoch);
    }

    @Override
    default void watermark(long micros) {
        next().watermark(micros);
    }

    @Override
    default void end() {
        next().end();
    }
}
