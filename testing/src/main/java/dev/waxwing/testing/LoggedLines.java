package dev.waxwing.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * What is logged until this is closed, of every level and as a reader of a log sees it: with
 * arguments and stack traces. For tests whose logging goes to {@code java.util.logging}, as it does
 * if nothing else is on the class path. Thread-safe.
 */
public final class LoggedLines implements AutoCloseable {

    private final Logger logger;
    private final Level before;
    private final Handler recorder;

    // guarded by itself
    private final List<String> lines = new ArrayList<>();

    private LoggedLines(String name) {
        logger = Logger.getLogger(name);
        before = logger.getLevel();
        recorder = new Recorder();
        recorder.setFormatter(new SimpleFormatter());
        logger.setLevel(Level.ALL);
        logger.addHandler(recorder);
    }

    /**
     * Begins to record.
     *
     * @param name of a logger; those whose names begin with it and a period are recorded too
     */
    public static LoggedLines of(String name) {
        return new LoggedLines(name);
    }

    /** What was logged, a text for each time; a copy. */
    public List<String> all() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    @Override
    public void close() {
        logger.removeHandler(recorder);
        logger.setLevel(before);
    }

    private final class Recorder extends Handler {

        @Override
        public void publish(LogRecord entry) {
            synchronized (lines) {
                lines.add(getFormatter().format(entry));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
