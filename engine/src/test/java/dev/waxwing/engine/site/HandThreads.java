package dev.waxwing.engine.site;

/** Lanes of ordinary threads that nobody watches. */
public final class HandThreads {

    private HandThreads() {}

    /** Whose tasks throw to the handler of uncaught exceptions. */
    public static PartitionThreads lanes() {
        return new PartitionThreads(
                HandThreads::start,
                new Patience(),
                new Watch(),
                thrown -> {
                    Thread self = Thread.currentThread();
                    self.getUncaughtExceptionHandler().uncaughtException(self, thrown);
                });
    }

    private static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
