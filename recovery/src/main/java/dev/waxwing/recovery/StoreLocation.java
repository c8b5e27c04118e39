package dev.waxwing.recovery;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Kind and place of a recovery store. Immutable; opens nothing and looks at nothing.
 *
 * <p>Kinds come with artifacts: {@code sqlite} with {@code waxwing-recovery-sqlite}. One that is
 * not on the class path is refused when the store is to be opened.
 *
 * @param kind its name, such as {@code sqlite}
 * @param place in the terms of the kind: a directory for {@code sqlite}. It occurs in messages and
 *     logs, so it must have no password in it
 */
public record StoreLocation(String kind, String place) {

    /** The kind that keeps a store as an SQLite file, with others beside it, in a directory. */
    public static final String SQLITE = "sqlite";

    /** Neither may be empty. */
    public StoreLocation {
        requireText(kind, "kind");
        requireText(place, "place");
    }

    /**
     * A store of SQLite in a directory, which is made if it is missing.
     *
     * @throws IllegalArgumentException if the directory is not of the default file system, as
     *     SQLite sees no other
     */
    public static StoreLocation in(Path directory) {
        Objects.requireNonNull(directory, "directory must not be null");
        if (!directory.getFileSystem().equals(FileSystems.getDefault())) {
            throw new IllegalArgumentException(
                    "directory of the recovery store must be of the default file system, but "
                            + directory.toUri()
                            + " is not; give a directory of this machine");
        }
        String place = directory.toString();
        return new StoreLocation(SQLITE, place.isEmpty() ? "." : place);
    }

    private static void requireText(String text, String what) {
        if (Objects.requireNonNull(text, what + " must not be null").isEmpty()) {
            throw new IllegalArgumentException(
                    what
                            + " of a recovery store must not be empty; StoreLocation.in(directory) is"
                            + " one of SQLite");
        }
    }
}
