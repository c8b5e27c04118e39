package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.waxwing.step.InvalidDataflowException;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is told when the build of an application has another Jackson than JSON needs. */
final class JacksonTest {

    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"read", "write", "map"})
    void annotationsThatAreTooOldAreNamedWithTheVersionThatIsNeeded(String use) throws Exception {
        Path old = old("jackson-annotations-2.18.2.jar", JsonProperty.class, "JsonSerializeAs");

        Throwable refused = use(use, classPath(JsonProperty.class, old));

        assertThat(refused.getClass().getName())
                .isEqualTo(InvalidDataflowException.class.getName());
        assertThat(refused)
                .hasMessageStartingWith("JSON cannot be used (")
                .hasMessageContaining(
                        "jackson-annotations 2.21 or newer is needed, but there is 2.18.2 (")
                .hasMessageContaining(old.getFileName().toString())
                .hasMessageContaining("dependencyManagement");
    }

    @Test
    void missingJarIsNamed() throws Exception {
        assertThat(use("read", classPath(JsonNode.class, null)))
                .hasMessageContaining("jackson-databind 3.1 or newer is needed, and missing");
    }

    @Test
    void theJacksonOfThisBuildIsTaken() throws Exception {
        assertThat(use("read", classPath(JsonProperty.class, location(JsonProperty.class))))
                .isNull();
    }

    /** What a use of JSON has thrown in an application with a class path of its own; or null. */
    private static Throwable use(String use, List<Path> classPath) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (Path path : classPath) {
            urls.add(path.toUri().toURL());
        }
        try (var loader =
                new URLClassLoader(
                        urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            var method = loader.loadClass(Uses.class.getName()).getMethod(use);
            Throwable thrown = catchThrowable(() -> method.invoke(null));
            return thrown instanceof InvocationTargetException ? thrown.getCause() : thrown;
        }
    }

    /** What applications do. */
    public static final class Uses {

        private Uses() {}

        public static void read() {
            JsonFiles.lines(Path.of("in.json"), Integer.class);
        }

        public static void write() {
            JsonFiles.append(Path.of("out.json"));
        }

        public static void map() {
            JsonFiles.strictMapper();
        }
    }

    private static List<Path> classPath(Class<?> without, Path instead) throws Exception {
        List<Path> paths = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (Files.exists(Path.of(entry))) {
                paths.add(Path.of(entry).toRealPath());
            }
        }
        assertThat(paths.remove(location(without))).isTrue();
        if (instead != null) {
            paths.add(instead);
        }
        return paths;
    }

    /** A copy of the jar of a class without another, as it was in an older version. */
    private Path old(String name, Class<?> type, String without) throws Exception {
        Path jar = directory.resolve(name);
        try (ZipFile from = new ZipFile(location(type).toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (ZipEntry entry : from.stream().toList()) {
                if (!entry.getName().endsWith("/" + without + ".class")) {
                    to.putNextEntry(new ZipEntry(entry.getName()));
                    from.getInputStream(entry).transferTo(to);
                    to.closeEntry();
                }
            }
        }
        return jar;
    }

    private static Path location(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toRealPath();
    }
}
