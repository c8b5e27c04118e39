package dev.waxwing.cli;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes class loaders of class paths. They stay open as long as the process lives. */
final class FlowClassLoader {

    private FlowClassLoader() {}

    /** One above that of the command line, or that itself if there is nothing to add. */
    static ClassLoader of(List<Path> paths) {
        ClassLoader own = FlowClassLoader.class.getClassLoader();
        if (paths.isEmpty()) {
            return own;
        }
        List<URL> urls = new ArrayList<>();
        try {
            for (Path path : paths) {
                add(path, urls);
            }
        } catch (IOException e) {
            throw CommandException.notLoaded("the class path cannot be read: " + e, e);
        }
        return new URLClassLoader("dataflow", urls.toArray(URL[]::new), own);
    }

    /* As java does it, an asterisk stands for all jars of a directory. */
    private static void add(Path path, List<URL> urls) throws IOException {
        if (path.endsWith("*")) {
            Path directory = path.toAbsolutePath().resolveSibling("");
            requireExisting(directory);
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(directory, "*.jar")) {
                for (Path jar : jars) {
                    urls.add(url(jar));
                }
            }
        } else {
            requireExisting(path);
            urls.add(url(path));
        }
    }

    private static URL url(Path path) throws MalformedURLException {
        return path.toUri().toURL();
    }

    private static void requireExisting(Path path) {
        if (!Files.exists(path)) {
            throw CommandException.notLoaded(
                    "class path entry '"
                            + path
                            + "' does not exist; give the jar or the class directory of the"
                            + " dataflow, after building it");
        }
    }
}
