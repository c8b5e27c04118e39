package dev.waxwing.checks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** One jar of many, as build plugins make it: files merged, names of services put together. */
final class FatJar {

    private static final String SERVICES = "META-INF/services/";

    private final Map<String, byte[]> entries = new TreeMap<>();

    private FatJar() {}

    /** Writes a jar of all that is in class folders and jars. */
    static Path of(Path jar, List<Path> parts) throws IOException {
        var merged = new FatJar();
        for (var part : parts) {
            if (Files.isDirectory(part)) {
                merged.add(part);
            } else {
                try (FileSystem files = FileSystems.newFileSystem(part)) {
                    merged.add(files.getPath("/"));
                }
            }
        }
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (var entry : merged.entries.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        return jar;
    }

    private void add(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var name = root.relativize(file).toString().replace('\\', '/');
                if (!name.endsWith("module-info.class") && !name.equals("META-INF/MANIFEST.MF")) {
                    add(name, Files.readAllBytes(file));
                }
            }
        }
    }

    private void add(String name, byte[] content) throws IOException {
        var before = entries.putIfAbsent(name, content);
        if (before != null && name.startsWith(SERVICES)) {
            var both = new ByteArrayOutputStream();
            both.write(before);
            both.write('\n');
            both.write(content);
            entries.put(name, both.toByteArray());
        }
    }
}
