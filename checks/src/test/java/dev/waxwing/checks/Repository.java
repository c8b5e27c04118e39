package dev.waxwing.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The checked-out sources: modules as the root pom lists them, and their files. */
final class Repository {

    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    private final Path root;
    private final List<String> modules;

    private Repository(Path root, List<String> modules) {
        this.root = root;
        this.modules = modules;
    }

    /** Finds the root from the working directory upwards. */
    static Repository find() {
        for (var folder = Path.of("").toAbsolutePath();
                folder != null;
                folder = folder.getParent()) {
            var pom = folder.resolve("pom.xml");
            if (Files.exists(pom)) {
                var modules = MODULE.matcher(read(pom)).results().map(m -> m.group(1)).toList();
                if (!modules.isEmpty()) {
                    return new Repository(folder, modules);
                }
            }
        }
        throw new IllegalStateException(
                "no pom.xml with modules at or above the working directory; run the checks"
                        + " from inside the repository");
    }

    Path root() {
        return root;
    }

    List<String> modules() {
        return modules;
    }

    Path classesOf(String module) {
        return root.resolve(module).resolve("target/classes");
    }

    List<SourceFile> sources() {
        return modules.stream().flatMap(this::sourcesOf).toList();
    }

    private Stream<SourceFile> sourcesOf(String module) {
        return Stream.of(SourceFile.Kind.values())
                .flatMap(
                        kind ->
                                files(root.resolve(module).resolve(kind.folder()), ".java").stream()
                                        .map(path -> source(module, kind, path)));
    }

    private SourceFile source(String module, SourceFile.Kind kind, Path path) {
        return new SourceFile(module, kind, root.relativize(path), read(path));
    }

    /** Of the root folder and of {@code docs}, recursively. */
    List<Path> markdownFiles() {
        var ofRoot = list(root, 1, path -> path.toString().endsWith(".md"));
        return Stream.concat(ofRoot.stream(), files(root.resolve("docs"), ".md").stream()).toList();
    }

    private static List<Path> files(Path folder, String ending) {
        return Files.isDirectory(folder)
                ? list(folder, Integer.MAX_VALUE, path -> path.toString().endsWith(ending))
                : List.of();
    }

    private static List<Path> list(Path folder, int depth, Predicate<Path> wanted) {
        try (var paths = Files.walk(folder, depth)) {
            return paths.filter(wanted).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
