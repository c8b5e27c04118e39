package dev.waxwing.files;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a sink writes: a path of any file system. One of the default file system travels with its
 * sink, as text; others can only be used where they are. Immutable.
 */
final class Place implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String text;
    private final transient @Nullable Path elsewhere;

    private Place(String text, @Nullable Path elsewhere) {
        this.text = text;
        this.elsewhere = elsewhere;
    }

    static Place of(Path path) {
        boolean isDefault = path.getFileSystem().equals(FileSystems.getDefault());
        return isDefault ? new Place(PathText.given(path), null) : new Place(path.toString(), path);
    }

    Path path() {
        return elsewhere == null ? PathText.path(text) : elsewhere;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        if (elsewhere != null) {
            throw new NotSerializableException(
                    "path '"
                            + text
                            + "' belongs to file system "
                            + elsewhere.getFileSystem()
                            + "; only paths of the default file system can travel");
        }
        out.defaultWriteObject();
    }

    /** The path as it was given. */
    @Override
    public String toString() {
        return text;
    }
}
