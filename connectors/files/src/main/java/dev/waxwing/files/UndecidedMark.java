package dev.waxwing.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A small file beside an output file: made before the first byte is written, removed when an epoch
 * with it is known to be decided. It tells how far the file was there before.
 */
final class UndecidedMark {

    /*
     * An execution that ends in its first epoch leaves lines of which the store knows nothing. With the mark, the next
     * one of the same store knows them as its own and returns to where they begin. It must not take for its own what
     * others have written: so the mark names the store, and the file as the system knows it.
     *
     * Losing the mark, or half of it, is safe: then the file is what it is without one, somebody's.
     */

    static final String NAME_END = ".waxwing-undecided";

    private final Path file;
    private final Path mark;
    private final UUID lineage;

    UndecidedMark(Path file, UUID lineage) {
        this.file = file;
        this.mark = file.resolveSibling("." + file.getFileName() + NAME_END);
        this.lineage = lineage;
    }

    /** Where what this store has left begins, or null if nothing shows that it has left any. */
    @Nullable AppendPosition read() throws IOException {
        if (!Files.exists(file) || !Files.exists(mark)) {
            return null;
        }
        String[] words = Files.readString(mark, StandardCharsets.UTF_8).split("\n", -1);
        boolean whole = words.length == 5 && words[4].isEmpty();
        return whole && owner().equals(words[0] + "\n" + words[1])
                ? new AppendPosition(Long.parseLong(words[2]), Long.parseLong(words[3]))
                : null;
    }

    /** Notes where writing begins; not in a directory in which no file can be made. */
    void write(AppendPosition base) throws IOException {
        if (Files.isWritable(AppendTarget.directoryOf(file))) {
            String text = owner() + "\n" + base.bytes() + "\n" + base.crc32c() + "\n";
            Files.writeString(mark, text, StandardCharsets.UTF_8);
        }
    }

    void remove() throws IOException {
        Files.deleteIfExists(mark);
    }

    private String owner() throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return lineage + "\n" + key;
    }
}
