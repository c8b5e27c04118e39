package dev.waxwing.cli.soak;

/** What a process uses, and how much more of it is taken for the same. */
enum Resource {
    /** Bytes of objects that a collection leaves. */
    HEAP(15, 2 << 20),
    METASPACE(10, 2 << 20),
    DIRECT_BUFFERS(0, 1 << 20),
    LOADED_CLASSES(5, 100),
    /** Bytes that the operating system has given it and that are in memory. */
    RESIDENT(12, 16 << 20),
    /** Open files and connections. */
    HANDLES(0, 4),
    THREADS(0, 2),
    /** Bytes of the recovery store's files, but for its log. */
    STORE(25, 1 << 20),
    /** Bytes of the log's file, which stays as long as it ever was. */
    LOG(0, 16 << 20);

    private final int percent;
    private final long spare;

    Resource(int percent, long spare) {
        this.percent = percent;
        this.spare = spare;
    }

    /**
     * How much there may be.
     *
     * @param before how much there was
     * @param spares how often the least that tells nothing is allowed for
     */
    long max(long before, int spares) {
        return before + before * percent / 100 + spare * spares;
    }

    boolean isBytes() {
        return this != LOADED_CLASSES && this != HANDLES && this != THREADS;
    }
}
