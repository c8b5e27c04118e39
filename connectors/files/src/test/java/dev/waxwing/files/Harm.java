package dev.waxwing.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** What logrotate, a clean-up script or a restored backup do to a file that is being written. */
enum Harm {
    TRUNCATED("was truncated"),
    REPLACED("was replaced by another file"),
    LINKED("was replaced by another file"),
    DELETED("was deleted or moved away");

    /** How messages call it. */
    final String words;

    Harm(String words) {
        this.words = words;
    }

    void to(Path file) throws IOException {
        switch (this) {
            case TRUNCATED -> {
                try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    open.truncate(0);
                }
            }
            case REPLACED -> {
                Path copy = Files.copy(file, file.resolveSibling("copy"));
                Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
            }
            case LINKED -> {
                Path copy = Files.copy(file, file.resolveSibling("copy"));
                Path link = Files.createSymbolicLink(file.resolveSibling("link"), copy);
                Files.move(link, file, StandardCopyOption.ATOMIC_MOVE);
            }
            case DELETED -> Files.delete(file);
        }
    }
}
