package dev.waxwing.files;

import dev.waxwing.source.FixedPartitionedSource;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** Reads and writes text files, one item a line. */
public final class TextFiles {

    private TextFiles() {}

    /** Reads the lines of one file. */
    public static TextFileSource lines(Path file) {
        return lines(List.of(file));
    }

    /** Reads the lines of some files, each a partition that is named as its path is given. */
    public static TextFileSource lines(Collection<Path> files) {
        return new TextFileSource(FileSet.of(files), ReadOptions.DEFAULTS);
    }

    /**
     * Reads the lines of one file with where they come from. For options, and for other files, call
     * {@link TextFileSource#numbered}.
     */
    public static FixedPartitionedSource<NumberedLine, FilePosition> numberedLines(Path file) {
        return lines(file).numbered();
    }

    /** Reads the lines of some files, as {@link #lines(Collection)}, with where they come from. */
    public static FixedPartitionedSource<NumberedLine, FilePosition> numberedLines(
            Collection<Path> files) {
        return lines(files).numbered();
    }

    /**
     * Reads the lines of the files in a directory, each a partition that is named by its path
     * within the directory, in order of these names.
     *
     * @param glob which files, in the form of {@link java.nio.file.FileSystem#getPathMatcher}:
     *     {@code *.log} for those in the directory itself, <code>**&#47;*.log</code> for those
     *     below it, too
     */
    public static TextFileSource directory(Path directory, String glob) {
        return new TextFileSource(FileSet.in(directory, glob), ReadOptions.DEFAULTS);
    }

    /**
     * Appends lines of UTF-8 to one file. An item that holds line ends will be read as several
     * lines.
     */
    public static AppendSink<String> append(Path file) {
        return AppendSink.to(file, new TextEncoder());
    }

    /**
     * Appends lines of UTF-8 to the files {@code part-00}, {@code part-01}… of a directory that
     * exists; lines of one key are in one file.
     */
    public static AppendSink<String> appendTo(Path directory, int parts) {
        return AppendSink.to(directory, parts, new TextEncoder());
    }

    /**
     * Writes lines of UTF-8 to the parts of a directory that exists; they can be seen, with names
     * that end with {@code .txt}, when they are complete.
     */
    public static RollingSink<String> rolling(Path directory) {
        return RollingSink.to(directory, ".txt", new TextEncoder());
    }

    private static final class TextEncoder implements LineEncoder<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void encode(String item, LineOutput line) {
            line.write(item);
        }
    }
}
