package dev.waxwing.embedded;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged while something runs. */
public final class Warnings {

    private Warnings() {}

    /** Something that runs. */
    public interface Work {
        void run() throws Exception;
    }

    /** The warnings of a class, in order. */
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
