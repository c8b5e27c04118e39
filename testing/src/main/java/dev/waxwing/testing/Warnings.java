package dev.waxwing.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The warnings that a class logs through {@code java.util.logging} while something runs. */
public final class Warnings {

    private Warnings() {}

    /** Something that runs. */
    @FunctionalInterface
    public interface Work {

        /**
         * Runs it.
         *
         * @throws Exception if it fails
         */
        void run() throws Exception;
    }

    /**
     * Collects the messages of level warning and above that a class logs, on any thread, in order.
     *
     * @param className the name of the logger
     * @throws Exception what the work throws
     */
    public static List<String> of(String className, Work work) throws Exception {
        List<String> warnings = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger(className);
        Handler handler =
                new Handler() {
                    @Override
                    public void publish(LogRecord entry) {
                        warnings.add(entry.getMessage());
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        Level level = logger.getLevel();
        logger.setLevel(Level.WARNING);
        logger.addHandler(handler);
        try {
            work.run();
        } finally {
            logger.removeHandler(handler);
            logger.setLevel(level);
        }
        return warnings;
    }
}
