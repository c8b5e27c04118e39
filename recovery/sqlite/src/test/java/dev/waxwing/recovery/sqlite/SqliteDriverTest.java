package dev.waxwing.recovery.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.store.StoreOptions;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told when an application has no driver of SQLite. */
final class SqliteDriverTest {

    @TempDir Path directory;

    @Test
    void missingDriverIsNamedAndNothingIsMade() throws Exception {
        Path store = directory.resolve("store");
        Throwable refused = open(store, without("sqlite-jdbc"));

        assertThat(refused.getClass().getName()).isEqualTo(RecoveryException.class.getName());
        assertThat(refused)
                .hasMessageStartingWith("Recovery cannot be used (")
                .hasMessageContaining("sqlite-jdbc 3.47 or newer is needed, and missing");
        assertThat(store).doesNotExist();
        assertThat(open(store, without("no such jar"))).isNull();
    }

    /** What opening a store has thrown in an application with a class path of its own; or null. */
    private static Throwable open(Path store, URL[] classPath) throws Exception {
        try (var loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            var method = loader.loadClass(Uses.class.getName()).getMethod("open", String.class);
            Throwable thrown = catchThrowable(() -> method.invoke(null, store.toString()));
            return thrown instanceof InvocationTargetException ? thrown.getCause() : thrown;
        }
    }

    private static URL[] without(String jar) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (Files.exists(path) && !path.getFileName().toString().startsWith(jar)) {
                urls.add(path.toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }

    /** What applications do. */
    public static final class Uses {

        private Uses() {}

        public static void open(String directory) {
            SqliteRecoveryStore.open(Path.of(directory), "flow", StoreOptions.defaults()).close();
        }
    }
}
