package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.sink.StatefulSinkPartition;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file is copied line by line, with crashes at random moments between reading, writing, taking
 * the two positions and deciding the epoch.
 */
final class FileToFileTest {

    @TempDir Path directory;

    @Test
    void c16_copyHasEachLineOnceWhereverItCrashes() throws Exception {
        long seed = new Random().nextLong();
        for (int round = 0; round < 100; round++) {
            Random random = new Random(seed + round);
            Path from = directory.resolve("in-" + round);
            Path to = directory.resolve("out-" + round);
            List<String> lines =
                    IntStream.range(0, random.nextInt(60)).mapToObj(i -> "line " + i).toList();
            Files.write(from, lines);
            Files.createFile(to);

            Copy copy = new Copy(from, to, random);
            while (!copy.run()) {
                // crashed: start again from what was decided
            }

            assertThat(Files.readAllLines(to)).as("seed %d", seed + round).isEqualTo(lines);
        }
    }

    /** Executions of the copy; what is decided survives a crash. */
    private static final class Copy {
        private final TextFileSource source;
        private final AppendSink<String> sink;
        private final Random random;
        private @Nullable FilePosition read;
        private @Nullable AppendPosition written;

        Copy(Path from, Path to, Random random) {
            this.source = TextFiles.lines(from).withBatchItems(1 + random.nextInt(5));
            this.sink = TextFiles.append(to).withOnExisting(OnExisting.TRUNCATE);
            this.random = random;
        }

        /** Returns whether it came to the end without a crash. */
        boolean run() throws Exception {
            try (var in = source.buildPart("flow.in", source.listParts().get(0), read);
                    var out = sink.buildPart("flow.out", sink.listParts().get(0), written)) {
                SourceStatus status = SourceStatus.OPEN;
                while (status == SourceStatus.OPEN) {
                    status = copyBatch(in, out);
                    if (crashes()) {
                        return false;
                    }
                    FilePosition readNow = in.snapshot();
                    AppendPosition writtenNow = out.snapshot();
                    if (crashes()) {
                        return false;
                    }
                    if (status == SourceStatus.ENDED || random.nextBoolean()) {
                        out.force();
                        read = readNow;
                        written = writtenNow;
                    }
                }
            }
            return true;
        }

        private static SourceStatus copyBatch(
                StatefulSourcePartition<String, FilePosition> in,
                StatefulSinkPartition<String, AppendPosition> out)
                throws Exception {
            Collected<String> batch = new Collected<>();
            SourceStatus status = in.nextBatch(batch);
            out.writeBatch(batch.items);
            return status;
        }

        private boolean crashes() {
            return random.nextInt(8) == 0;
        }
    }
}
