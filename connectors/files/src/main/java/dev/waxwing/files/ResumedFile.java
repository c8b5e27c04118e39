package dev.waxwing.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An open file that stands where an earlier execution has stopped, or at its beginning. Confined to
 * the thread of its partition.
 */
final class ResumedFile implements Closeable {

    /*
     * A file whose last line had no newline was read to its end, and grew later. If what came
     * first is the newline, it belongs to that last line and is passed over. If not, the rest of a
     * line that was emitted as a whole is no line: it is marked for rejection, never emitted. One
     * byte before the position tells whether that is so. The rest counts as no line of its own, so
     * that line numbers stay those of the file.
     */

    private final String part;
    private final OpenFile file;
    private final ByteWindow window;
    private final LineReader lines;
    private final Charset charset;
    private boolean isRestOfLine;

    private ResumedFile(
            String part,
            OpenFile file,
            ByteWindow window,
            LineReader lines,
            ReadOptions options,
            boolean isRestOfLine) {
        this.part = part;
        this.file = file;
        this.window = window;
        this.lines = lines;
        this.charset = Charset.forName(options.charset());
        this.isRestOfLine = isRestOfLine;
    }

    static ResumedFile open(
            String part, Path path, ReadOptions options, @Nullable FilePosition resume)
            throws IOException {
        return open(part, part, path, options, resume);
    }

    /** Opens a file that has another name than its partition, which is told to people. */
    static ResumedFile open(
            String part, String name, Path path, ReadOptions options, @Nullable FilePosition resume)
            throws IOException {
        if (resume == null) {
            FileErrors.requireReadable(path);
        } else {
            FileErrors.requireReadable(path, resume);
        }
        OpenFile file = OpenFile.open(name, path, options.compression());
        try {
            return at(resume, part, name, file, options);
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    LineReader lines() {
        return lines;
    }

    OpenFile file() {
        return file;
    }

    /** The position after the last line that was taken. */
    FilePosition position() {
        return new FilePosition(
                part,
                lines.offset(),
                lines.lines() + (isRestOfLine ? 1 : 0),
                file.mark(lines.offset()),
                List.of());
    }

    /** Keeps no more memory than what was read needs, until more is read. */
    void rest() {
        window.rest();
    }

    /** Offset in the file after the last byte that was read into memory. */
    long readOffset() {
        return window.offset() + window.length();
    }

    /** Whether the line that was found is the rest of one that an earlier execution emitted. */
    boolean isRestOfLine() {
        return isRestOfLine;
    }

    /** The rest of the line, for a person to look at. */
    String takeRestOfLine() {
        isRestOfLine = false;
        return new String(lines.bytes(), lines.from(), lines.length(), charset);
    }

    @Override
    public void close() throws IOException {
        window.close();
    }

    private static ResumedFile at(
            @Nullable FilePosition resume,
            String part,
            String name,
            OpenFile file,
            ReadOptions options)
            throws IOException {
        FollowOptions follow = options.follow();
        if (follow != null && !file.isPlain()) {
            throw new IOException(
                    "input file '"
                            + part
                            + "' is packed by gzip and cannot be followed; leave out withFollow");
        }
        if (resume == null || resume.offset() == 0) {
            return atStart(part, name, file, options);
        }
        boolean isLongEnough = !file.isPlain() || file.size() >= resume.offset();
        if (isLongEnough && !file.begins(resume.mark())) {
            if (follow != null && follow.onTruncation() == OnTruncation.RESTART) {
                return atStart(part, name, file, options);
            }
            throw FileErrors.changed(part, "byte " + resume.offset());
        }
        int before = file.seekAndLookBack(resume.offset());
        if (before < 0) {
            if (follow != null && follow.onTruncation() == OnTruncation.RESTART) {
                file.seek(0);
                return atStart(part, name, file, options);
            }
            throw FileErrors.beyondEnd(part, resume.offset(), file.sizeText());
        }
        boolean isRestOfLine = resume.line() > 0 && before != '\n';
        if (isRestOfLine && follow != null) {
            if (follow.onTruncation() == OnTruncation.FAIL) {
                throw FileErrors.replaced(part, resume.offset());
            }
            file.seek(0);
            return atStart(part, name, file, options);
        }
        ByteWindow window = new ByteWindow(file, options.blockBytes(), resume.offset());
        long linesBefore = resume.line() - (isRestOfLine ? 1 : 0);
        LineReader lines = new LineReader(name, window, options.lineBytesMax(), linesBefore);
        return new ResumedFile(part, file, window, lines, options, isRestOfLine);
    }

    private static ResumedFile atStart(String part, String name, OpenFile file, ReadOptions options)
            throws IOException {
        ByteWindow window = new ByteWindow(file, options.blockBytes(), 0);
        LineReader lines = new LineReader(name, window, options.lineBytesMax(), 0);
        if (options.isUtf8()) {
            lines.withoutByteOrderMark();
        }
        return new ResumedFile(part, file, window, lines, options, false);
    }
}
