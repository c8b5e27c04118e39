package dev.waxwing.files;

import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file that is read line by line.
 *
 * @param <T> what is made of a line
 */
final class LinePartition<T> implements StatefulSourcePartition<T, FilePosition> {

    private final ReadOptions options;
    private final LineDecoder<T> decoder;
    private final @Nullable Tail tail;

    // Used by the partition's thread only.
    private ResumedFile file;
    private @Nullable Instant nextAwake;

    private LinePartition(
            ReadOptions options, LineDecoder<T> decoder, ResumedFile file, @Nullable Tail tail) {
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
            LineDecoder<T> decoder,
            @Nullable FilePosition resume)
            throws IOException {
        FollowOptions follow = options.follow();
        if (follow == null) {
            return files.partition(
                    part,
                    options.compression(),
                    resume,
                    (name, path, position) ->
                            new LinePartition<>(
                                    options,
                                    decoder,
                                    ResumedFile.open(name, path, options, position),
                                    null));
        }
        if (resume != null && !resume.file().equals(part)) {
            throw FileErrors.otherFile(part, resume.file());
        }
        Tail tail = new Tail(part, files.path(part), follow);
        return new LinePartition<>(options, decoder, tail.begin(options, resume), tail);
    }

    @Override
    public SourceStatus nextBatch(SourceEmitter<? super T> out) throws Exception {
        boolean hasWaited = nextAwake != null;
        nextAwake = null;
        if (tail != null && hasWaited && tail.isWrittenAnew(file)) {
            leave(tail, Tail.Sight.TRUNCATED, out);
            return SourceStatus.OPEN;
        }
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
            file.file().requireUnchanged();
            takeUnfinishedLine(out);
            return SourceStatus.ENDED;
        }
        Tail.Sight sight = tail.onEnd(file);
        if (sight == Tail.Sight.WAIT) {
            nextAwake = tail.nextLook();
            file.rest();
        } else {
            leave(tail, sight, out);
        }
        return SourceStatus.OPEN;
    }

    /* The old file is left when the new one is open; if it was replaced, what is after its last newline is a line. */
    private void leave(Tail looking, Tail.Sight sight, SourceEmitter<? super T> out)
            throws Exception {
        ResumedFile opened = looking.openNext(sight, file, options);
        if (opened == null) {
            nextAwake = looking.nextLook();
            return;
        }
        try {
            if (sight == Tail.Sight.REPLACED) {
                takeUnfinishedLine(out);
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
        out.reject(rest, MalformedRecordException.at(line, problem, null));
    }

    private void rejectLongLine(SourceEmitter<? super T> out) {
        file.takeRestOfLine();
        LineReader line = file.lines();
        out.reject(
                line.longLineStart(),
                MalformedRecordException.tooLong(line, options.lineBytesMax()));
    }
}
