package dev.waxwing.files;

import dev.waxwing.run.FileAccess;
import dev.waxwing.sink.FencedException;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The marker of one writer of a directory: to whom it belongs, and how far that has come. */
final class WriterClaim {

    /*
     * Two files. The owner's is replaced as a whole by each execution that takes the writer over, and
     * by nothing else; so an older execution that wakes up can never put itself back. How far an execution has come
     * is in a file of its own, named by it, which nobody else writes.
     *
     * Reading the owner's file and replacing it are two steps. Of two executions between them, both go on, until the
     * one that replaced it first finds at its next commit that it was taken over. So one of the two is left, as
     * with any marker; but its generation may be the smaller one.
     *
     * The progress is not forced to the disk. If a power failure takes it, the last epochs are committed again
     * and found to be there.
     */
    private static final String FORM = "waxwing owner 2";

    /** Five lines, with a form of its own for what a marker says. */
    private static final String FIRST_FORM = "waxwing owner 1";

    private final Path directory;
    private final PartNames names;
    private final Owner owner;
    private final FileAccess access;

    /**
     * @param access who may read its files
     */
    WriterClaim(Path directory, PartNames names, Owner owner, FileAccess access) {
        this.access = access;
        this.directory = directory;
        this.names = names;
        this.owner = owner;
    }

    /** The marker as it is, with how far its execution has come. */
    @Nullable Marker look() throws IOException {
        Marker found = read();
        return found == null
                ? null
                : new Marker(
                        Math.max(found.epoch(), progressOf(found)),
                        found.generation(),
                        found.lineage(),
                        found.owner());
    }

    /** Takes the writer over; returns the marker as it was. */
    @Nullable Marker take() throws IOException, FencedException {
        Marker found = look();
        write(owner.takeOver(found));
        return found;
    }

    /** Gives the writer back as it was, unless it was taken over or something was shown since. */
    void release(Marker claimed, @Nullable Marker before) throws IOException {
        if (!claimed.equals(look())) {
            return;
        }
        if (before == null) {
            Files.deleteIfExists(directory.resolve(names.owner()));
            HiddenFiles.forceDirectory(directory);
        } else {
            write(before);
        }
    }

    private void write(Marker marker) throws IOException {
        String text = FORM + "\n" + marker.toText() + "\n";
        HiddenFiles.replace(
                directory.resolve(names.owner()), text, access, HiddenFiles.Durability.NOW);
    }

    /** Checks that the writer still belongs to its owner. */
    void check() throws IOException, FencedException {
        owner.checkHolds(read());
    }

    /** All parts of an epoch can be seen. */
    void reached(long epoch) throws IOException {
        HiddenFiles.replace(
                directory.resolve(names.progress()),
                epoch + "\n",
                access,
                HiddenFiles.Durability.LATER);
    }

    private long progressOf(Marker found) throws IOException {
        String name = names.progress(found.generation(), found.owner().toString());
        String text = HiddenFiles.read(directory.resolve(name));
        /* Without the line end it is torn. */
        return text != null && text.matches("\\d{1,18}\n") ? Long.parseLong(text.strip()) : 0;
    }

    private @Nullable Marker read() throws IOException {
        Path file = directory.resolve(names.owner());
        String text = HiddenFiles.read(file);
        if (text == null) {
            return null;
        }
        String[] lines = text.split("\n", -1);
        if (lines[0].equals(FIRST_FORM)) {
            throw new IOException(
                    "'"
                            + file
                            + "', which says who writes to the directory, has the form of an older"
                            + " version, '"
                            + FIRST_FORM
                            + "' in place of '"
                            + FORM
                            + "'; go on with that version, or start over by 'waxwing recovery"
                            + " reset'");
        }
        if (lines.length != 3 || !lines[0].equals(FORM) || !lines[2].isEmpty()) {
            throw unreadable(file, null);
        }
        try {
            return Marker.parse(lines[1]);
        } catch (IllegalArgumentException e) {
            throw unreadable(file, e);
        }
    }

    private static IOException unreadable(Path file, @Nullable Throwable cause) {
        return new IOException(
                "'"
                        + file
                        + "', which says who writes to the directory, is not what was written"
                        + " there; see that no other execution runs, then remove it, or start over"
                        + " by 'waxwing recovery reset'",
                cause);
    }
}
