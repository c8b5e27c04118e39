package dev.waxwing.files;

import dev.waxwing.function.Mapper;
import dev.waxwing.run.FileAccess;
import dev.waxwing.sink.FencedException;
import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.ResettableSink;
import dev.waxwing.sink.StatefulSinkPartition;
import dev.waxwing.sink.StoreAware;
import dev.waxwing.sink.StoreFence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Appends lines to one file, or to the parts of a directory by key; made by {@link TextFiles},
 * {@link CsvFiles} and {@link JsonFiles}.
 *
 * <p>Exactly once for whoever reads up to the position of the last decided epoch: after a failure,
 * what was written beyond it is cut off and written again. Before, the file must have shown by
 * length and checksum to be the one that was written; otherwise the start is refused, and the file
 * is left as it is. With recovery, lines that were left by an execution before its first epoch was
 * decided are cut off, too. How far readers may go tells {@link DecidedBytes}.
 *
 * <p>A file that something else deletes, replaces, truncates or writes to while an execution has it
 * open is noticed within an epoch, and the execution fails. A symbolic link in its place is
 * followed, as it was given by the user; hidden files beside it are never reached over links.
 *
 * <p>After {@code writeBatch}, what was written is with the operating system; it is forced to the
 * disk before the epoch is decided. After a write has failed, nothing more is written.
 *
 * <p>Immutable; {@code with…} methods return copies.
 *
 * @param <X> item
 */
@SuppressWarnings("exports")
public final class AppendSink<X>
        implements FixedPartitionedSink<Object, X, AppendPosition>,
                StoreAware<X, AppendPosition>,
                ResettableSink {

    private static final long serialVersionUID = 1L;

    private final Place place;
    private final int parts;
    private final LineEncoder<? super X> encoder;
    private final String lineEnd;
    private final OnExisting onExisting;
    private final ForceTime forceTime;
    private final MalformedText malformed;
    private final @Nullable Mapper<Object, Integer> partFn;
    private final FileAccess access;

    /** {@code parts} is how many files there are in the directory; 0 for one file. */
    private AppendSink(
            Place place,
            int parts,
            LineEncoder<? super X> encoder,
            String lineEnd,
            OnExisting onExisting,
            ForceTime forceTime,
            MalformedText malformed,
            @Nullable Mapper<Object, Integer> partFn,
            FileAccess access) {
        this.place = place;
        this.parts = parts;
        this.encoder = encoder;
        this.lineEnd = lineEnd;
        this.onExisting = onExisting;
        this.forceTime = forceTime;
        this.malformed = malformed;
        this.partFn = partFn;
        this.access = access;
    }

    /** Appends to one file what an encoder makes of the items. */
    public static <X> AppendSink<X> to(Path file, LineEncoder<? super X> encoder) {
        return new AppendSink<>(
                Place.of(file),
                0,
                encoder,
                "\n",
                OnExisting.FAIL,
                ForceTime.EACH_EPOCH,
                MalformedText.REJECT,
                null,
                FileAccess.OWNER);
    }

    /** Appends to files {@code part-00}, {@code part-01}… of a directory, chosen by key. */
    public static <X> AppendSink<X> to(Path directory, int parts, LineEncoder<? super X> encoder) {
        if (parts < 1) {
            throw new IllegalArgumentException("parts must be 1 or more, but was " + parts);
        }
        return new AppendSink<>(
                Place.of(directory),
                parts,
                encoder,
                "\n",
                OnExisting.FAIL,
                ForceTime.EACH_EPOCH,
                MalformedText.REJECT,
                null,
                FileAccess.OWNER);
    }

    /** What ends each line; {@code \n} by default. */
    public AppendSink<X> withLineEnd(String end) {
        return new AppendSink<>(
                place, parts, encoder, end, onExisting, forceTime, malformed, partFn, access);
    }

    /** What to do with a file that is not empty if there is no resume state; fail by default. */
    public AppendSink<X> withOnExisting(OnExisting choice) {
        return new AppendSink<>(
                place, parts, encoder, lineEnd, choice, forceTime, malformed, partFn, access);
    }

    /** {@link ForceTime#EACH_EPOCH} by default. */
    public AppendSink<X> withForce(ForceTime time) {
        return new AppendSink<>(
                place, parts, encoder, lineEnd, onExisting, time, malformed, partFn, access);
    }

    /**
     * What becomes of items with half of a surrogate pair, which has no UTF-8; {@link
     * MalformedText#REJECT} by default.
     */
    public AppendSink<X> withMalformed(MalformedText choice) {
        return new AppendSink<>(
                place, parts, encoder, lineEnd, onExisting, forceTime, choice, partFn, access);
    }

    /**
     * Chooses the part of a key instead of Adler-32 of its canonical text: the result floor-modulo
     * the number of parts. Must give the same result for equal keys in every execution.
     */
    public AppendSink<X> withPartFn(Mapper<Object, Integer> choice) {
        return new AppendSink<>(
                place, parts, encoder, lineEnd, onExisting, forceTime, malformed, choice, access);
    }

    /**
     * Who may read the hidden file beside each output, which tells how far that is decided; {@link
     * FileAccess#OWNER} by default. The output itself is made as the umask says, whatever is chosen
     * here.
     */
    public AppendSink<X> withAccess(FileAccess choice) {
        return new AppendSink<>(
                place, parts, encoder, lineEnd, onExisting, forceTime, malformed, partFn, choice);
    }

    @Override
    public List<String> listParts() throws IOException {
        if (parts == 0) {
            AppendTarget.requireWritable(place.path());
            return List.of(place.toString());
        }
        AppendTarget.requireDirectory(place.path(), "output directory");
        List<String> names = PartList.names("part", parts);
        for (String name : names) {
            AppendTarget.requireWritable(file(name));
        }
        return names;
    }

    @Override
    public int partFn(Object key) {
        return parts <= 1 ? 0 : PartList.choose(partFn, key, place.toString());
    }

    @Override
    public StatefulSinkPartition<X, AppendPosition> buildPart(
            String stepId, String forPart, @Nullable AppendPosition resumeState)
            throws IOException, FencedException {
        return open(forPart, resumeState, new DecidedMark(file(forPart), access, null));
    }

    @Override
    public StatefulSinkPartition<X, AppendPosition> buildPart(
            String stepId, String forPart, @Nullable AppendPosition resumeState, StoreFence store)
            throws IOException, FencedException {
        HiddenFiles.requireRoomBeside(file(forPart));
        return open(forPart, resumeState, new DecidedMark(file(forPart), access, store));
    }

    @Override
    public void check(String forPart, @Nullable AppendPosition resumeState, StoreFence store)
            throws IOException, FencedException {
        Path file = file(forPart);
        HiddenFiles.requireRoomBeside(file);
        DecidedMark mark = new DecidedMark(file, access, store);
        mark.checkKnown();
        if (!mark.mayBeOpenElsewhere()) {
            requireFree(file);
        }
        AppendFile.check(file, onExisting, lineEnd(), resumeState, mark);
    }

    @Override
    public @Nullable String remembered(Owner owner) throws IOException {
        Path file = file(owner.partition());
        AppendPosition decided = DecidedMark.of(file);
        if (decided == null) {
            return null;
        }
        requireFree(file);
        long size = Files.exists(file) ? Files.size(file) : 0;
        return "the hidden mark of file "
                + file
                + " at byte "
                + decided.bytes()
                + (size > decided.bytes()
                        ? ", and what was written behind it and is not decided"
                        : "")
                + (decided.bytes() > 0
                        ? "; the file stays, so move it away, or say withOnExisting"
                        : "");
    }

    /** Cuts off what is not decided, if the file is still the one that was written. */
    @Override
    public void forget(Owner owner) throws IOException {
        Path file = file(owner.partition());
        requireFree(file);
        AppendFile.cutUndecided(file);
        DecidedMark.forget(file);
    }

    private static void requireFree(Path file) throws IOException {
        if (Files.exists(file)) {
            AppendTarget.requireFree(file);
        }
    }

    private AppendPartition<X> open(String part, @Nullable AppendPosition resume, DecidedMark mark)
            throws IOException, FencedException {
        byte[] end = lineEnd();
        EncodedLines<X> lines = new EncodedLines<>(encoder, end, malformed);
        AppendFile file = AppendFile.open(file(part), onExisting, end, resume, mark);
        try {
            file.requireHeader(lines.header(), lineEnd);
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
        return new AppendPartition<>(file, lines, forceTime);
    }

    private byte[] lineEnd() {
        return lineEnd.getBytes(StandardCharsets.UTF_8);
    }

    private Path file(String part) {
        return parts == 0 ? place.path() : place.path().resolve(part);
    }
}
