package consumer;

import dev.waxwing.files.FilePosition;
import dev.waxwing.files.TextFiles;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.testing.SourceConformance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

final class LinesTest extends SourceConformance<String, FilePosition> {

    @TempDir private Path directory;

    @Override
    protected FixedPartitionedSource<String, FilePosition> source() {
        try {
            Files.writeString(directory.resolve("a.log"), "one\ntwo\nthree\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return TextFiles.directory(directory, "*.log").withBatchItems(1);
    }

    @Override
    protected Map<String, List<String>> expected() {
        return Map.of("a.log", List.of("one", "two", "three"));
    }
}
