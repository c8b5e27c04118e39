package dev.waxwing.files;

import dev.waxwing.function.Mapper;
import dev.waxwing.sink.CanonicalText;
import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.LineageAware;
import dev.waxwing.sink.StatefulSinkPartition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Appends lines to one file, or to the parts of a directory by key; made by {@link TextFiles},
 * {@link CsvFiles} and {@link JsonFiles}.
 *
 * <p>Exactly once for whoever reads up to the position of the last decided epoch: after a failure,
 * what was written beyond it is cut off and written again. Before, the file must have shown by
 * length and checksum to be the one that was written; otherwise the start is refused, and the file
 * is left as it is. With recovery, lines that were left by an execution before its first epoch was
 * decided are cut off, too; until then a hidden file beside the output tells where they begin.
 *
 * <p>After {@code writeBatch}, what was written is with the operating system; it is forced to the
 * disk before the epoch is decided. After a write has failed, nothing more is written.
 *
 * <p>Immutable; {@code with…} methods return copies.
 *
 * @param <X> item
 */
public final class AppendSink<X>
        implements FixedPartitionedSink<Object, X, AppendPosition>,
                LineageAware<X, AppendPosition> {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final int parts;
    private final LineEncoder<? super X> encoder;
    private final String lineEnd;
    private final OnExisting onExisting;
    private final ForceTime forceTime;
    private final @Nullable Mapper<Object, Integer> partFn;

    /** {@code parts} is how many files there are in the directory {@code path}; 0 for one file. */
    private AppendSink(
            String path,
            int parts,
            LineEncoder<? super X> encoder,
            String lineEnd,
            OnExisting onExisting,
            ForceTime forceTime,
            @Nullable Mapper<Object, Integer> partFn) {
        this.path = path;
        this.parts = parts;
        this.encoder = encoder;
        this.lineEnd = lineEnd;
        this.onExisting = onExisting;
        this.forceTime = forceTime;
        this.partFn = partFn;
    }

    /** Appends to one file what an encoder makes of the items. */
    public static <X> AppendSink<X> to(Path file, LineEncoder<? super X> encoder) {
        return new AppendSink<>(
                FileSet.text(file), 0, encoder, "\n", OnExisting.FAIL, ForceTime.EACH_EPOCH, null);
    }

    /** Appends to files {@code part-00}, {@code part-01}… of a directory, chosen by key. */
    public static <X> AppendSink<X> to(Path directory, int parts, LineEncoder<? super X> encoder) {
        if (parts < 1) {
            throw new IllegalArgumentException("parts must be 1 or more, but was " + parts);
        }
        return new AppendSink<>(
                FileSet.text(directory),
                parts,
                encoder,
                "\n",
                OnExisting.FAIL,
                ForceTime.EACH_EPOCH,
                null);
    }

    /** What ends each line; {@code \n} by default. */
    public AppendSink<X> withLineEnd(String end) {
        return new AppendSink<>(path, parts, encoder, end, onExisting, forceTime, partFn);
    }

    /** What to do with a file that is not empty if there is no resume state; fail by default. */
    public AppendSink<X> withOnExisting(OnExisting choice) {
        return new AppendSink<>(path, parts, encoder, lineEnd, choice, forceTime, partFn);
    }

    /** {@link ForceTime#EACH_EPOCH} by default. */
    public AppendSink<X> withForce(ForceTime time) {
        return new AppendSink<>(path, parts, encoder, lineEnd, onExisting, time, partFn);
    }

    /**
     * Chooses the part of a key instead of Adler-32 of its canonical text: the result floor-modulo
     * the number of parts. Must give the same result for equal keys in every execution.
     */
    public AppendSink<X> withPartFn(Mapper<Object, Integer> choice) {
        return new AppendSink<>(path, parts, encoder, lineEnd, onExisting, forceTime, choice);
    }

    @Override
    public List<String> listParts() throws IOException {
        if (parts == 0) {
            AppendTarget.requireWritable(Path.of(path));
            return List.of(path);
        }
        AppendTarget.requireDirectory(Path.of(path), "output directory");
        int digits = Math.max(2, Integer.toString(parts - 1).length());
        List<String> names =
                IntStream.range(0, parts)
                        .mapToObj(i -> String.format(Locale.ROOT, "part-%0" + digits + "d", i))
                        .toList();
        for (String name : names) {
            AppendTarget.requireWritable(file(name));
        }
        return names;
    }

    @Override
    public int partFn(Object key) {
        if (partFn != null) {
            try {
                return partFn.map(key);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalArgumentException(
                        "the partFn of output '" + path + "' failed for key " + key, e);
            }
        }
        return parts <= 1 ? 0 : CanonicalText.adler32(key);
    }

    @Override
    public StatefulSinkPartition<X, AppendPosition> buildPart(
            String stepId, String forPart, @Nullable AppendPosition resumeState)
            throws IOException {
        return open(forPart, resumeState, null);
    }

    @Override
    public StatefulSinkPartition<X, AppendPosition> buildPart(
            String stepId, String forPart, @Nullable AppendPosition resumeState, UUID lineage)
            throws IOException {
        return open(forPart, resumeState, new UndecidedMark(file(forPart), lineage));
    }

    private AppendPartition<X> open(
            String part, @Nullable AppendPosition resume, @Nullable UndecidedMark mark)
            throws IOException {
        byte[] end = lineEnd.getBytes(StandardCharsets.UTF_8);
        AppendFile file = AppendFile.open(file(part), onExisting, end, resume, mark);
        return new AppendPartition<>(file, encoder, end, forceTime);
    }

    private Path file(String part) {
        return parts == 0 ? Path.of(part) : Path.of(path).resolve(part);
    }
}
