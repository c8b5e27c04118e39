package dev.waxwing.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class StoreLocationTest {

    @Test
    void directoryIsOneOfSqlite() {
        assertThat(RecoveryOptions.in(Path.of("state", "shop")).store())
                .isEqualTo(new StoreLocation("sqlite", Path.of("state", "shop").toString()));
    }

    @Test
    void currentDirectoryHasAName() {
        assertThat(StoreLocation.in(Path.of("")).place()).isEqualTo(".");
    }

    @Test
    void directoryOfAnotherFileSystemIsRefused() {
        Path elsewhere = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");

        assertThatThrownBy(() -> RecoveryOptions.in(elsewhere))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be of the default file system, but jrt:/")
                .hasMessageContaining("give a directory of this machine");
    }

    @Test
    void emptyPartsAreRefused() {
        assertThatThrownBy(() -> new StoreLocation("", "here"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("kind of a recovery store must not be empty");
        assertThatThrownBy(() -> new StoreLocation("sqlite", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("place of a recovery store must not be empty");
    }
}
