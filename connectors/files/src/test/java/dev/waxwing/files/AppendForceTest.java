package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.simulation.disk.PowerLossDisk;
import dev.waxwing.sink.StatefulSinkPartition;
import dev.waxwing.testing.TargetFaults;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of an appended file is there when the power was lost; the disk forgets at random. */
final class AppendForceTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatWasForcedForAnEpochIsThere(long seed) throws Exception {
        var disk = new PowerLossDisk(seed);
        Path file = disk.mount(TargetFaults.NONE).resolve("lines");
        try (var partition = open(TextFiles.append(file))) {
            partition.writeBatch(List.of("a", "b"));
            partition.snapshot();
            partition.force();
            partition.writeBatch(List.of("later"));

            disk.losePower();

            assertThat(Files.readString(file)).startsWith("a\nb\n");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void eachBatchIsThereIfThatIsAskedFor(long seed) throws Exception {
        var disk = new PowerLossDisk(seed);
        Path file = disk.mount(TargetFaults.NONE).resolve("lines");
        try (var partition = open(TextFiles.append(file).withForce(ForceTime.EACH_BATCH))) {
            partition.writeBatch(List.of("a"));
            partition.writeBatch(List.of("b"));

            disk.losePower();

            assertThat(Files.readString(file)).isEqualTo("a\nb\n");
        }
    }

    private static StatefulSinkPartition<String, AppendPosition> open(AppendSink<String> sink)
            throws Exception {
        return sink.buildPart("flow.out", sink.listParts().get(0), null);
    }
}
