package dev.waxwing.files;

import dev.waxwing.function.Mapper;
import dev.waxwing.run.FileAccess;
import dev.waxwing.sink.FencedException;
import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.ResettableSink;
import dev.waxwing.sink.StatefulSinkPartition;
import dev.waxwing.sink.StoreAware;
import dev.waxwing.sink.StoreAware.StoreFence;
import java.io.IOException;
import java.io.Serializable;
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
    private final Division division;
    private final Lines<X> lines;
    private final OnExisting onExisting;
    private final ForceTime forceTime;
    private final FileAccess access;

    private AppendSink(
            Place place,
            Division division,
            Lines<X> lines,
            OnExisting onExisting,
            ForceTime forceTime,
            FileAccess access) {
        this.place = place;
        this.division = division;
        this.lines = lines;
        this.onExisting = onExisting;
        this.forceTime = forceTime;
        this.access = access;
    }

    /**
     * The files of a directory.
     *
     * @param parts how many there are; 0 for one file instead
     * @param partFn chooses one by key; null for the usual choice
     */
    private record Division(int parts, @Nullable Mapper<Object, Integer> partFn)
            implements Serializable {}

    /** The lines that items become. */
    private record Lines<X>(LineEncoder<? super X> encoder, String end, MalformedText malformed)
            implements Serializable {}

    /** Appends to one file what an encoder makes of the items. */
    public static <X> AppendSink<X> to(Path file, LineEncoder<? super X> encoder) {
        return new AppendSink<>(
                Place.of(file),
                new Division(0, null),
                new Lines<>(encoder, "\n", MalformedText.REJECT),
                OnExisting.FAIL,
                ForceTime.EACH_EPOCH,
                FileAccess.OWNER);
    }

    /** Appends to files {@code part-00}, {@code part-01}… of a directory, chosen by key. */
    public static <X> AppendSink<X> to(Path directory, int parts, LineEncoder<? super X> encoder) {
        if (parts < 1) {
            throw new IllegalArgumentException("parts must be 1 or more, but was " + parts);
        }
        return new AppendSink<>(
                Place.of(directory),
                new Division(parts, null),
                new Lines<>(encoder, "\n", MalformedText.REJECT),
                OnExisting.FAIL,
                ForceTime.EACH_EPOCH,
                FileAccess.OWNER);
    }

    /** What ends each line; {@code \n} by default. */
    public AppendSink<X> withLineEnd(String end) {
        return new AppendSink<>(
                place,
                division,
                new Lines<>(lines.encoder, end, lines.malformed),
                onExisting,
                forceTime,
                access);
    }

    /** What to do with a file that is not empty if there is no resume state; fail by default. */
    public AppendSink<X> withOnExisting(OnExisting choice) {
        return new AppendSink<>(place, division, lines, choice, forceTime, access);
    }

    /** {@link ForceTime#EACH_EPOCH} by default. */
    public AppendSink<X> withForce(ForceTime time) {
        return new AppendSink<>(place, division, lines, onExisting, time, access);
    }

    /**
     * What becomes of items with half of a surrogate pair, which has no UTF-8; {@link
     * MalformedText#REJECT} by default.
     */
    public AppendSink<X> withMalformed(MalformedText choice) {
        return new AppendSink<>(
                place,
                division,
                new Lines<>(lines.encoder, lines.end, choice),
                onExisting,
                forceTime,
                access);
    }

    /**
     * Chooses the part of a key instead of Adler-32 of its canonical text: the result floor-modulo
     * the number of parts. Must give the same result for equal keys in every execution.
     */
    public AppendSink<X> withPartFn(Mapper<Object, Integer> choice) {
        return new AppendSink<>(
                place, new Division(division.parts, choice), lines, onExisting, forceTime, access);
    }

    /**
     * Who may read the hidden file beside each output, which tells how far that is decided; {@link
     * FileAccess#OWNER} by default. The output itself is made as the umask says, whatever is chosen
     * here.
     */
    public AppendSink<X> withAccess(FileAccess choice) {
        return new AppendSink<>(place, division, lines, onExisting, forceTime, choice);
    }

    @Override
    public List<String> listParts() throws IOException {
        if (division.parts == 0) {
            AppendTarget.requireWritable(place.path());
            return List.of(place.toString());
        }
        AppendTarget.requireDirectory(place.path(), "output directory");
        List<String> names = PartList.names("part", division.parts);
        for (String name : names) {
            AppendTarget.requireWritable(file(name));
        }
        return names;
    }

    @Override
    public int partFn(Object key) {
        return division.parts <= 1 ? 0 : PartList.choose(division.partFn, key, place.toString());
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
        EncodedLines<X> encoded = new EncodedLines<>(lines.encoder, end, lines.malformed);
        AppendFile file = AppendFile.open(file(part), onExisting, end, resume, mark);
        try {
            file.requireHeader(encoded.header(), lines.end);
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
        return new AppendPartition<>(file, encoded, forceTime);
    }

    private byte[] lineEnd() {
        return lines.end.getBytes(StandardCharsets.UTF_8);
    }

    private Path file(String part) {
        return division.parts == 0 ? place.path() : place.path().resolve(part);
    }
}
