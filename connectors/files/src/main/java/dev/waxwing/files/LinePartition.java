package dev.waxwing.files;

import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A file that is read line by line.
 *
 * @param <T> what is made of a line
 */
final class LinePartition<T> implements StatefulSourcePartition<T, FilePosition> {

    private final String part;
    private final Path path;
    private final ReadOptions options;
    private final LineDecoder<T> decoder;
    private final @Nullable Tail tail;

    // Used by the partition's thread only.
    private ResumedFile file;
    private @Nullable Instant nextAwake;

    private LinePartition(
            String part,
            Path path,
            ReadOptions options,
            LineDecoder<T> decoder,
            ResumedFile file,
            @Nullable Tail tail) {
        this.part = part;
        this.path = path;
        this.options = options;
        this.decoder = decoder;
        this.file = file;
        this.tail = tail;
    }

    /** Opens a file that is followed at once, and others when their turn has come. */
    static <T> StatefulSourcePartition<T, FilePosition> open(
            String part,
            FileSet files,
            ReadOptions options,
            Function<String, LineDecoder<T>> decoder,
            @Nullable FilePosition resume)
            throws IOException {
        FollowOptions follow = options.follow();
        if (follow == null) {
            return files.partition(
                    part,
                    resume,
                    (name, path, position) ->
                            new LinePartition<>(
                                    name,
                                    path,
                                    options,
                                    decoder.apply(name),
                                    ResumedFile.open(name, path, options, position),
                                    null));
        }
        if (resume != null && !resume.file().equals(part)) {
            throw FileErrors.otherFile(part, resume.file());
        }
        Path path = files.path(part);
        Tail tail = new Tail(part, path, follow);
        ResumedFile file = tail.open(() -> ResumedFile.open(part, path, options, resume));
        return new LinePartition<>(part, path, options, decoder.apply(part), file, tail);
    }

    @Override
    public SourceStatus nextBatch(SourceEmitter<? super T> out) throws Exception {
        nextAwake = null;
        for (int items = 0;
                items < options.batchItems() && (items == 0 || out.hasRoom());
                items++) {
            switch (file.lines().next()) {
                case LINE -> line(out);
                case TOO_LONG -> rejectLongLine(out);
                case SKIPPING -> {
                    return SourceStatus.OPEN;
                }
                case END -> {
                    return onEnd(out);
                }
            }
        }
        return SourceStatus.OPEN;
    }

    @Override
    public @Nullable Instant nextAwake() {
        return nextAwake;
    }

    @Override
    public FilePosition snapshot() {
        return file.position();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private SourceStatus onEnd(SourceEmitter<? super T> out) throws Exception {
        if (tail == null) {
            file.requireNotShrunk();
            takeUnfinishedLine(out);
            return SourceStatus.ENDED;
        }
        switch (tail.onEnd(file)) {
            case WAIT -> {
                nextAwake = tail.nextLook();
                file.rest();
            }
            case REPLACED -> restart(tail, out);
            case TRUNCATED -> restart(tail, null);
        }
        return SourceStatus.OPEN;
    }

    /* The old file is left when the new one is open; if it was replaced, what is after its last newline is a line. */
    private void restart(Tail looking, @Nullable SourceEmitter<? super T> replaced)
            throws Exception {
        ResumedFile opened = looking.reopen(() -> ResumedFile.open(part, path, options, null));
        if (opened == null) {
            nextAwake = looking.nextLook();
            return;
        }
        try {
            if (replaced != null) {
                takeUnfinishedLine(replaced);
            }
        } finally {
            file.close();
            file = opened;
        }
    }

    private void takeUnfinishedLine(SourceEmitter<? super T> out) {
        if (!file.lines().hasUnfinishedLine()) {
            return;
        }
        if (file.lines().takeUnfinishedLine() == LineReader.Found.TOO_LONG) {
            rejectLongLine(out);
        } else {
            line(out);
        }
    }

    private void line(SourceEmitter<? super T> out) {
        if (file.isRestOfLine()) {
            rejectRestOfLine(out);
            return;
        }
        decoder.decode(file.lines(), out);
    }

    private void rejectRestOfLine(SourceEmitter<? super T> out) {
        LineReader line = file.lines();
        String rest = file.takeRestOfLine();
        if (rest.isEmpty()) {
            return;
        }
        String problem =
                "an earlier execution read its beginning, up to byte "
                        + line.lineOffset()
                        + ", as the last line of the file; this is the rest, which was written"
                        + " later. Use withFollow for a file that is being written";
        out.reject(
                rest,
                MalformedRecordException.atLine(
                        part, line.lines(), line.lineOffset(), problem, null));
    }

    private void rejectLongLine(SourceEmitter<? super T> out) {
        file.takeRestOfLine();
        LineReader line = file.lines();
        out.reject(
                line.longLineStart(),
                MalformedRecordException.tooLong(part, line, options.lineBytesMax()));
    }
}
