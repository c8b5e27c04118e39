package dev.waxwing.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All that one writer, of whatever execution, has in a directory and does not show. */
final class HiddenParts {

    private final Path directory;
    private final PartNames names;

    HiddenParts(Path directory, PartNames names) {
        this.directory = directory;
        this.names = names;
    }

    /** Those that are there; none if the directory is not. */
    List<Path> list() throws IOException {
        List<Path> hidden = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return hidden;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            for (Path file : all) {
                String name = String.valueOf(file.getFileName());
                if (name.startsWith(names.owner()) || names.leftover(name) != null) {
                    hidden.add(file);
                }
            }
        }
        return hidden;
    }

    /**
     * Deletes them. The file that says to whom the writer belongs goes first: who has it then shows
     * nothing more.
     */
    void delete() throws IOException {
        Files.deleteIfExists(directory.resolve(names.owner()));
        List<Path> all = list();
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
        if (Files.isDirectory(directory)) {
            HiddenFiles.forceDirectory(directory);
        }
    }
}
