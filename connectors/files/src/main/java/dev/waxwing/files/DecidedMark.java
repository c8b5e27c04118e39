package dev.waxwing.files;

import dev.waxwing.run.FileAccess;
import dev.waxwing.sink.FencedException;
import dev.waxwing.sink.StoreAware.StoreFence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A small hidden file beside an output file, which tells how far that is decided. Readers use
 * {@link DecidedBytes}. Immutable.
 */
final class DecidedMark {

    /*
     * Seven lines: bytes, CRC-32C of these, state, store, the file as the system knows it, and the generation and the
     * token of the execution that writes to it.
     *
     * An execution that ends in its first epoch leaves lines of which the store knows nothing. With the mark, which
     * says "begun" until then, the next one of the same store knows them as its own and returns to where they begin.
     * It must not take for its own what others have written: so the mark names the store, and the file.
     *
     * Losing the mark, or half of it, is safe: then the file is what it is without one, somebody's, and readers know
     * nothing. So it is not forced to the disk each time. It is replaced as a whole, so that readers see the old or the
     * new one.
     *
     * The generation tells whether an execution that was taken over may have the file open. If that is not known, for the
     * mark is lost or of another store, it may.
     *
     * The token tells executions over copies of a store apart: one that the store does not know has written what this
     * execution must not cut. Whoever begins puts itself into the mark, forced, so that no power failure puts another
     * back. Whoever finds another in the mark stops before it decides what it has written.
     */

    static final String KIND = "decided";

    private static final String BEGUN = "begun";
    private static final String DECIDED = "decided";
    private static final UUID NOBODY = new UUID(0, 0);

    private final Path file;
    private final Path mark;
    private final FileAccess access;
    private final @Nullable StoreFence store;

    /**
     * @param access who may read it
     * @param store null without recovery
     */
    DecidedMark(Path file, FileAccess access, @Nullable StoreFence store) {
        this.file = file;
        this.access = access;
        this.mark = HiddenFiles.beside(file, KIND);
        this.store = store;
    }

    /** Where what this store has left begins, or null if nothing shows that it has left any. */
    @Nullable AppendPosition begun() throws IOException {
        Content content = store == null || !Files.exists(file) ? null : read(mark);
        if (content == null || !content.state.equals(BEGUN) || !content.owner.equals(owner())) {
            return null;
        }
        return content.position;
    }

    /**
     * Whether an execution that was taken over may still write to the file.
     *
     * @throws FencedException if this is one; the file must be open before
     */
    boolean mayBeOpenElsewhere() throws IOException, FencedException {
        if (store == null) {
            return false;
        }
        store.check();
        long takenOver = store.takenOverGeneration();
        if (takenOver == 0) {
            return false;
        }
        Content content = read(mark);
        return content == null || !content.isOf(store.lineage()) || content.generation <= takenOver;
    }

    boolean isOfAStore() {
        return store != null;
    }

    /**
     * Checks that an execution of this store was the last to write to the file.
     *
     * @throws FencedException if it was one over a copy of the store
     */
    void checkKnown() throws IOException, FencedException {
        StoreFence own = store;
        Content found = own == null || own.adopts() ? null : read(mark);
        if (own != null && found != null && found.isOf(own.lineage()) && !found.isKnownTo(own)) {
            throw new FencedException(
                    "output file '"
                            + file
                            + "' was written by generation "
                            + found.generation
                            + ", of which nothing is known to this execution of generation "
                            + own.generation()
                            + ": the recovery store was copied and the other execution has written"
                            + " since, or it was restored from an older copy and would cut what"
                            + " came between; go on with the store that has written last, and with"
                            + " no other, start over by 'waxwing recovery reset', or say in the"
                            + " options of recovery to adopt the target as it is");
        }
    }

    /**
     * Checks that no other execution has begun to write to the file since this one did.
     *
     * @throws FencedException if one has
     */
    void checkOwn() throws IOException, FencedException {
        StoreFence own = store;
        Content found = own == null || !canBeWritten() ? null : read(mark);
        if (own != null && found != null && !found.isBy(own)) {
            throw new FencedException(
                    "output file '"
                            + file
                            + "' was taken over by generation "
                            + found.generation
                            + " while generation "
                            + own.generation()
                            + " was running, which decides no more of it; see that only one"
                            + " execution of a dataflow is running");
        }
    }

    /** Notes where writing begins. Without a store there is nothing to promise. */
    void begin(AppendPosition base) throws IOException, FencedException {
        if (store == null) {
            Files.deleteIfExists(mark);
        } else {
            write(base, BEGUN, HiddenFiles.Durability.NOW);
        }
    }

    /**
     * Notes that this execution goes on from there.
     *
     * @return what the mark said before
     */
    Former resume(AppendPosition position) throws IOException, FencedException {
        Content before = read(mark);
        write(position, DECIDED, HiddenFiles.Durability.NOW);
        return new Former(position, before);
    }

    /** Notes how far an epoch is decided. */
    void decided(AppendPosition position) throws IOException, FencedException {
        checkOwn();
        write(position, DECIDED, HiddenFiles.Durability.LATER);
    }

    /** How far a file is decided, null if that is not known. */
    static @Nullable AppendPosition of(Path file) throws IOException {
        Content content = read(HiddenFiles.beside(file, KIND));
        return content == null ? null : content.position;
    }

    /** How far a file is decided of which the mark was written; null if it is not that file. */
    static @Nullable AppendPosition ofSame(Path file) throws IOException {
        Content content = Files.exists(file) ? read(HiddenFiles.beside(file, KIND)) : null;
        return content != null && content.owner.endsWith(key(file)) ? content.position : null;
    }

    /** Removes the mark, and whatever else is hidden beside a file. */
    static void forget(Path file) throws IOException {
        for (String kind : List.of(KIND, AppendTarget.COPYING, AppendTarget.COPY)) {
            Files.deleteIfExists(HiddenFiles.beside(file, kind));
        }
        Path directory = AppendTarget.directoryOf(file);
        if (Files.isDirectory(directory)) {
            HiddenFiles.forceDirectory(directory);
        }
    }

    private boolean canBeWritten() {
        return Files.isWritable(AppendTarget.directoryOf(file));
    }

    /** Throws if another execution has taken the store over. */
    void checkNotTakenOver() throws FencedException {
        if (store != null) {
            store.check();
        }
    }

    private void write(AppendPosition position, String state, HiddenFiles.Durability durability)
            throws IOException, FencedException {
        checkNotTakenOver();
        if (!canBeWritten()) {
            return;
        }
        Content content =
                new Content(
                        position,
                        state,
                        owner(),
                        store == null ? 0 : store.generation(),
                        store == null ? NOBODY : store.token());
        try {
            HiddenFiles.replace(mark, content.text(), access, durability);
        } catch (IOException e) {
            throw new IOException(
                    "'"
                            + mark
                            + "', which tells readers how far output file '"
                            + file
                            + "' is decided, cannot be written: "
                            + e.getMessage()
                            + "; make room, or let this user make files there",
                    e);
        }
    }

    private String owner() throws IOException {
        return "store " + (store == null ? "none" : store.lineage()) + "\n" + key(file);
    }

    private static String key(Path file) throws IOException {
        return "file " + Files.readAttributes(file, BasicFileAttributes.class).fileKey() + "\n";
    }

    private static @Nullable Content read(Path mark) throws IOException {
        String text = HiddenFiles.read(mark);
        if (text == null) {
            return null;
        }
        String[] lines = text.split("\n", -1);
        boolean whole =
                lines.length == 8
                        && lines[0].matches("bytes \\d{1,18}")
                        && lines[1].matches("crc32c [0-9a-f]{1,8}")
                        && lines[2].startsWith("state ")
                        && lines[5].matches("generation \\d{1,18}")
                        && lines[6].matches("execution [0-9a-f-]{36}")
                        && lines[7].isEmpty();
        if (!whole) {
            return null;
        }
        AppendPosition position =
                new AppendPosition(
                        Long.parseLong(lines[0].substring("bytes ".length())),
                        Long.parseLong(lines[1].substring("crc32c ".length()), 16));
        return new Content(
                position,
                lines[2].substring("state ".length()),
                lines[3] + "\n" + lines[4] + "\n",
                Long.parseLong(lines[5].substring("generation ".length())),
                UUID.fromString(lines[6].substring("execution ".length())));
    }

    /** What the mark said before an execution went on from a position. */
    final class Former {

        private final AppendPosition position;
        private final @Nullable Content before;

        private Former(AppendPosition position, @Nullable Content before) {
            this.position = position;
            this.before = before;
        }

        /**
         * Gives the file back to the execution before, if this one still has it. How far the file
         * is decided stays known, if that one was of the same store.
         */
        void putBack() throws IOException {
            StoreFence own = store;
            Content now = read(mark);
            if (own == null || now == null || !now.isBy(own)) {
                return;
            }
            if (before == null) {
                Files.deleteIfExists(mark);
                return;
            }
            Content back =
                    before.isOf(own.lineage())
                            ? new Content(
                                    position, DECIDED, now.owner, before.generation, before.token)
                            : before;
            HiddenFiles.replace(mark, back.text(), access, HiddenFiles.Durability.NOW);
        }
    }

    private record Content(
            AppendPosition position, String state, String owner, long generation, UUID token) {

        String text() {
            return "bytes "
                    + position.bytes()
                    + "\ncrc32c "
                    + Long.toHexString(position.crc32c())
                    + "\nstate "
                    + state
                    + "\n"
                    + owner
                    + "generation "
                    + generation
                    + "\nexecution "
                    + token
                    + "\n";
        }

        boolean isOf(UUID lineage) {
            return owner.startsWith("store " + lineage + "\n");
        }

        boolean isBy(StoreFence execution) {
            return isOf(execution.lineage())
                    && generation == execution.generation()
                    && token.equals(execution.token());
        }

        boolean isKnownTo(StoreFence execution) {
            return isBy(execution)
                    || (generation < execution.generation()
                            && execution.hadExecution(generation, token));
        }
    }
}
