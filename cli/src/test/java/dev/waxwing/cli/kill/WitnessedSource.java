package dev.waxwing.cli.kill;

import dev.waxwing.files.FilePosition;
import dev.waxwing.files.TextFileSource;
import dev.waxwing.source.AcknowledgingPartition;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads text files, and leaves a {@link Witness} of what it did with each. */
final class WitnessedSource implements FixedPartitionedSource<String, FilePosition> {

    private static final long serialVersionUID = 1L;

    private final TextFileSource source;
    private final String witnesses;

    WitnessedSource(TextFileSource source, Path witnesses) {
        this.source = source;
        this.witnesses = witnesses.toString();
    }

    @Override
    public List<String> listParts() throws Exception {
        return source.listParts();
    }

    @Override
    public Partition buildPart(String stepId, String forPart, @Nullable FilePosition resumeState)
            throws IOException {
        Witness witness = Witness.open(Path.of(witnesses), forPart);
        witness.started(resumeState == null ? 0 : resumeState.line());
        return new Partition(source.buildPart(stepId, forPart, resumeState), witness);
    }

    static final class Partition
            implements StatefulSourcePartition<String, FilePosition>,
                    AcknowledgingPartition<FilePosition> {

        private final StatefulSourcePartition<String, FilePosition> lines;
        private final Witness witness;

        Partition(StatefulSourcePartition<String, FilePosition> lines, Witness witness) {
            this.lines = lines;
            this.witness = witness;
        }

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super String> out) throws Exception {
            SourceStatus status = lines.nextBatch(out);
            witness.emitted(lines.snapshot().line());
            return status;
        }

        @Override
        public FilePosition snapshot() {
            FilePosition position = lines.snapshot();
            witness.snapshotTaken(position.line());
            return position;
        }

        @Override
        public void acknowledge(FilePosition upTo) {
            witness.acknowledged(upTo.line());
        }

        @Override
        public void close() throws Exception {
            lines.close();
        }
    }
}
