package dev.waxwing.files;

import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.StatefulSourcePartition;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of a {@link TextFileSource} with where they come from. Immutable. */
final class NumberedLines implements FixedPartitionedSource<NumberedLine, FilePosition> {

    private static final long serialVersionUID = 1L;

    private final FileSet files;
    private final ReadOptions options;

    NumberedLines(FileSet files, ReadOptions options) {
        this.files = files;
        this.options = options;
    }

    @Override
    public boolean mayListNothing() {
        return files.mayBeEmpty();
    }

    @Override
    public List<String> listParts() throws IOException {
        return files.listParts();
    }

    @Override
    public StatefulSourcePartition<NumberedLine, FilePosition> buildPart(
            String stepId, String forPart, @Nullable FilePosition resumeState) throws IOException {
        return LinePartition.open(
                forPart, files, options, new NumberedDecoder(options), resumeState);
    }
}
