package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written to files and read from them in other zones, locales and charsets. */
final class FileTripsTest {

    @TempDir Path directory;

    static List<ChildJvm> children() {
        return ChildJvm.all();
    }

    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    @ParameterizedTest
    @MethodSource("children")
    void itemsComeBackAsTheyWereInEveryZoneLocaleAndCharset(ChildJvm child) throws Exception {
        child.run(FileTrips.class, directory.toUri().toString());

        assertThat(directory.resolve("trips")).hasContent(FileTrips.expected());
    }
}
