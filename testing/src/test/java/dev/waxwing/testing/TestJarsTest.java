package dev.waxwing.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told when a project has not the jars that a conformance suite needs. */
final class TestJarsTest {

    @Test
    void missingAssertionsAreNamed() throws Exception {
        assertThat(making("assertj-core"))
                .hasMessageStartingWith("The conformance suite cannot be used (")
                .hasMessageContaining("assertj-core 3.26 or newer is needed, and missing");
        assertThat(making("no such jar")).isNull();
    }

    /** What making a suite has thrown in a project without a jar; or null. */
    private static Throwable making(String without) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (Files.exists(path) && !path.getFileName().toString().startsWith(without)) {
                urls.add(path.toUri().toURL());
            }
        }
        try (var loader =
                new URLClassLoader(
                        urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            var constructor =
                    loader.loadClass(TestSourceConformanceTest.class.getName())
                            .getDeclaredConstructor();
            constructor.setAccessible(true);
            Throwable thrown = catchThrowable(constructor::newInstance);
            return thrown instanceof InvocationTargetException ? thrown.getCause() : thrown;
        }
    }
}
