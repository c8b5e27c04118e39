package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.testing.LoggedLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A log that is followed and rotated, while it is read and between executions. */
final class FollowRotationTest {

    private static final FollowOptions RESTART =
            FollowOptions.defaults().withOnTruncation(OnTruncation.RESTART);
    private static final int LOOKS = 40;

    @TempDir Path directory;

    private final List<String> written = new ArrayList<>();
    private final Collected<String> collected = new Collected<>();
    private LogDirectory logs = new LogDirectory(Path.of("unset"));

    @BeforeEach
    void makeLog() throws Exception {
        logs = new LogDirectory(directory);
        write("first");
    }

    @ParameterizedTest
    @EnumSource
    void logThatIsRotatedBetweenTenExecutionsIsReadOnce(LogDirectory.Way way) throws Exception {
        FilePosition position = null;
        for (int i = 0; i < 10; i++) {
            position = read(position);
            for (int rotation = 0; rotation <= i % 3; rotation++) {
                write("behind " + i + " " + rotation);
                logs.rotate(way);
            }
            write("new " + i);
        }
        read(position);

        assertThat(collected.items).isEqualTo(written);
    }

    @ParameterizedTest
    @EnumSource
    void logThatIsRotatedWhileItIsReadIsReadOnce(LogDirectory.Way way) throws Exception {
        try (var partition = open(RESTART, null)) {
            for (int i = 0; i < 5; i++) {
                look(partition);
                write("behind " + i);
                logs.rotate(way);
                write("new " + i + " and longer");
                logs.rotate(way);
                write("newer " + i);
            }
            look(partition);
        }

        assertThat(collected.items).isEqualTo(written);
    }

    @Test
    void logWhoseNumberIsInFrontOfItsExtensionIsReadOnce() throws Exception {
        Path first = directory.resolve("access.1.log");
        Path second = directory.resolve("access.2.log");
        FilePosition position = read(null);
        write("behind");
        Files.move(logs.live(), second);
        Files.setLastModifiedTime(second, FileTime.from(Instant.EPOCH));
        write("between");
        Files.move(logs.live(), first);
        write("new");
        read(position);

        assertThat(collected.items).isEqualTo(written);
    }

    @Test
    void logThatIsTruncatedAndGrowsPastThePositionIsReadAnew() throws Exception {
        try (var partition = open(RESTART, null)) {
            look(partition);
            Files.writeString(logs.live(), "");
            write("longer than what was there before");
            look(partition);
        }
        assertThat(collected.items).isEqualTo(written);

        try (var partition = open(FollowOptions.defaults(), null)) {
            look(partition);
            Files.writeString(logs.live(), "");
            logs.append("longer than that, too, by far, by far");

            assertThatThrownBy(() -> look(partition)).hasMessageContaining("is another file now");
        }
    }

    @Test
    void rotationBetweenExecutionsStopsTheStartByDefault() throws Exception {
        FilePosition position = read(null);
        logs.rotate(LogDirectory.Way.RENAME);
        write("new");

        assertThatThrownBy(() -> open(FollowOptions.defaults(), position))
                .hasMessageContaining("is another file now");
    }

    @Test
    void restThatIsNotFoundIsWarnedOf() throws Exception {
        FilePosition position = read(null);
        Files.delete(logs.live());
        logs.append("new");
        try (LoggedLines logged = LoggedLines.of(Tail.class.getName())) {
            read(position);

            assertThat(logged.all().toString()).contains("is another now", "byte 6");
        }
        assertThat(collected.items).containsExactly("first", "new");
    }

    @Test
    void rotatedFilesThatCannotBeToldApartAreRefused() throws Exception {
        FilePosition position = read(null);
        Files.copy(logs.live(), logs.rotated(".1"));
        Files.copy(logs.live(), logs.rotated(".2"));
        Files.writeString(logs.live(), "");

        assertThatThrownBy(() -> open(RESTART, position))
                .hasMessageContaining("[access.log.2, access.log.1] all begin like what was read");
    }

    private FilePosition read(@Nullable FilePosition from) throws Exception {
        try (var partition = open(RESTART, from)) {
            look(partition);
            return partition.snapshot();
        }
    }

    private void look(StatefulSourcePartition<String, FilePosition> partition) throws Exception {
        for (int i = 0; i < LOOKS; i++) {
            partition.nextBatch(collected);
        }
    }

    private StatefulSourcePartition<String, FilePosition> open(
            FollowOptions options, @Nullable FilePosition resume) throws Exception {
        return TextFiles.lines(logs.live())
                .withFollow(options)
                .buildPart("flow.in", logs.live().toString(), resume);
    }

    private void write(String line) throws Exception {
        logs.append(line);
        written.add(line);
    }
}
