package dev.waxwing.examples;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small inputs that come with the examples. */
final class ShippedFile {

    private ShippedFile() {}

    /** Copies a resource to where it can be read as a file, unless it is there; returns where. */
    static Path copy(String resource, Path to) throws IOException {
        if (!Files.exists(to)) {
            try (var in = ShippedFile.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new FileNotFoundException(
                            "resource '" + resource + "' is missing; build the examples again");
                }
                Files.copy(in, to);
            }
        }
        return to;
    }
}
