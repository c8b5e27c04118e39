package dev.waxwing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.jdbc.plugin.Job;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.h2.Driver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which drivers a dataflow finds, whatever class loader it is in. */
final class DriversTest {

    @TempDir private Path directory;

    private final ClassLoader former = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void restoreClassLoader() {
        Thread.currentThread().setContextClassLoader(former);
    }

    @Test
    void secondJobOfAJvmFindsItsDriver() throws Exception {
        URL[] all = urls(classPath());
        try (var first = new URLClassLoader(all, platform());
                var second = new URLClassLoader(all, platform())) {
            assertThat(run(first, 1)).containsExactly(1);
            assertThat(run(second, 2)).containsExactly(2);
        }
    }

    @Test
    void driverBesideADataflowIsFoundWhereTheLibraryIsShared() throws Exception {
        URL[] plugin = urls(plugin());
        try (var library = new URLClassLoader(urls(library()), platform());
                var first = new URLClassLoader(plugin, library);
                var second = new URLClassLoader(plugin, library)) {
            assertThat(run(first, 1)).containsExactly(1);
            assertThat(run(second, 2)).containsExactly(2);
        }
    }

    @Test
    void driverIsFoundOnAThreadOfAnotherClassLoader() throws Exception {
        Thread.currentThread().setContextClassLoader(platform());
        try (var library = new URLClassLoader(urls(library()), platform());
                var plugin = new URLClassLoader(urls(plugin()), library)) {
            assertThat(job(plugin).apply(1, directory)).containsExactly(1);
        }
    }

    @Test
    void driverOfTheContextIsFoundByADatabaseThatWasSent() throws Exception {
        try (var plugin = new URLClassLoader(urls(List.of(location(Driver.class))), platform())) {
            Thread.currentThread().setContextClassLoader(plugin);

            var driver = new Drivers(null).find("jdbc:h2:mem:x", "jdbc:h2:…", null);

            assertThat(driver.getClass().getClassLoader()).isSameAs(plugin);
        }
    }

    @Test
    void driverThatCannotBeLoadedHidesNoOther() throws Exception {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(
                services.resolve("java.sql.Driver"), "org.example.Missing\norg.h2.Driver\n");
        URL[] urls = {directory.toUri().toURL(), location(Driver.class).toUri().toURL()};
        try (var loader = new URLClassLoader(urls, platform())) {
            var driver = new Drivers(loader).find("jdbc:h2:mem:x", "jdbc:h2:…", null);

            assertThat(driver.getClass().getClassLoader()).isSameAs(loader);
        }
    }

    @Test
    void driverThatWasRegisteredByHandIsFound() throws Exception {
        var byHand = new OneUrlDriver("jdbc:by-hand:");
        DriverManager.registerDriver(byHand);
        try {
            assertThat(new Drivers(null).find("jdbc:by-hand:x", "jdbc:by-hand:…", null))
                    .isSameAs(byHand);
        } finally {
            DriverManager.deregisterDriver(byHand);
        }
    }

    @Test
    void missingDriverIsToldWithThoseThereAre() {
        assertThatThrownBy(() -> Database.at("jdbc:oracle:thin:@host").open())
                .hasMessageContaining("cannot connect to jdbc:oracle:…: no driver takes its URL")
                .hasMessageContaining("org.h2.Driver")
                .hasMessageContaining("Put the driver's jar on the class path of the dataflow");
    }

    private List<Integer> run(ClassLoader loader, int id) throws Exception {
        Thread.currentThread().setContextClassLoader(loader);
        return job(loader).apply(id, directory.resolve("store-" + id));
    }

    @SuppressWarnings("unchecked")
    private static BiFunction<Integer, Path, List<Integer>> job(ClassLoader loader)
            throws ReflectiveOperationException {
        Class<?> job = loader.loadClass(Job.class.getName());
        assertThat(job.getClassLoader()).isSameAs(loader);
        return (BiFunction<Integer, Path, List<Integer>>) job.getConstructor().newInstance();
    }

    /* The driver and the dataflow. */
    private static List<Path> plugin() throws Exception {
        return List.of(location(Driver.class), location(Job.class));
    }

    private static List<Path> library() throws Exception {
        List<Path> rest = classPath();
        rest.removeAll(plugin());
        return rest;
    }

    private static List<Path> classPath() throws IOException {
        List<Path> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (Files.exists(Path.of(entry))) {
                entries.add(Path.of(entry).toRealPath());
            }
        }
        return entries;
    }

    private static Path location(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toRealPath();
    }

    private static URL[] urls(List<Path> paths) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (Path path : paths) {
            urls.add(path.toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    private static ClassLoader platform() {
        return ClassLoader.getPlatformClassLoader();
    }
}
