package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A disk without room, by the device that Linux has for it. */
@EnabledOnOs(OS.LINUX)
final class AppendFileTest {

    private AppendFile full;

    @BeforeEach
    void open() throws IOException {
        Path device = Path.of("/dev/full");
        full = new AppendFile(OutputFile.of(device, AppendTarget.open(device)), null, null);
    }

    @AfterEach
    void close() throws IOException {
        full.close();
    }

    @Test
    void fullDiskIsReportedWithFileAndPosition() {
        assertThatThrownBy(() -> full.write(new byte[] {'a', '\n'}, 2))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("output file '/dev/full'")
                .hasMessageContaining("after byte 0")
                .hasMessageContaining("No space left");
        assertThat(full.position()).isEqualTo(new AppendPosition(0, 0));
    }

    @Test
    void nothingIsWrittenOrForcedAfterAFailure() {
        assertThatThrownBy(() -> full.write(new byte[] {'a'}, 1)).isInstanceOf(IOException.class);

        assertThatThrownBy(() -> full.write(new byte[] {'b'}, 1))
                .hasMessageContaining("takes nothing more")
                .hasMessageContaining("No space left");
        assertThatThrownBy(() -> full.force()).hasMessageContaining("takes nothing more");
    }

    @Test
    void failureReachesTheCallerOfWriteBatch() {
        var partition =
                new AppendPartition<String>(
                        full,
                        new EncodedLines<>(
                                (item, line) -> line.write(item),
                                new byte[] {'\n'},
                                MalformedText.REJECT),
                        ForceTime.EACH_EPOCH);

        assertThatThrownBy(() -> partition.writeBatch(List.of("a")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space left");
    }
}
