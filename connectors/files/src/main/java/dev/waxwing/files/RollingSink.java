package dev.waxwing.files;

import dev.waxwing.function.Mapper;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.ResettableSink;
import dev.waxwing.sink.TwoPhasePartition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines to the parts of a directory, each complete and never changed once it can be seen;
 * made by {@link TextFiles}, {@link CsvFiles} and {@link JsonFiles}.
 *
 * <p>Exactly once for whoever reads the files of the directory that are not hidden: a part is
 * written under a hidden name, forced to the disk, and renamed when its epoch is decided. Readers
 * may take parts away as they like.
 *
 * <p>In a keyed stream the items of a key go to one writer, in order; else those of a worker do.
 * One dataflow writes to a directory at a time: an older execution commits nothing more when a
 * newer one has begun.
 *
 * <p>Immutable; {@code with…} methods return copies.
 *
 * @param <X> item
 */
@SuppressWarnings("exports")
public final class RollingSink<X> implements EpochSink<X>, ResettableSink {

    private static final long serialVersionUID = 1L;

    private final Place directory;
    private final String suffix;
    private final LineEncoder<? super X> encoder;
    private final RollOptions options;
    private final MalformedText malformed;
    private final @Nullable Mapper<Object, Integer> partFn;

    private RollingSink(
            Place directory,
            String suffix,
            LineEncoder<? super X> encoder,
            RollOptions options,
            MalformedText malformed,
            @Nullable Mapper<Object, Integer> partFn) {
        this.directory = directory;
        this.suffix = suffix;
        this.encoder = encoder;
        this.options = options;
        this.malformed = malformed;
        this.partFn = partFn;
    }

    /**
     * Writes what an encoder makes of the items.
     *
     * @param directory that exists
     * @param suffix how the names of parts end, such as {@code .txt}
     */
    public static <X> RollingSink<X> to(
            Path directory, String suffix, LineEncoder<? super X> encoder) {
        if (!suffix.matches("[A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException(
                    "the suffix of a part's name must have letters and digits of ASCII, periods,"
                            + " hyphens and underscores only, no slashes or spaces, so that every"
                            + " file system takes it, but was '"
                            + suffix
                            + "'");
        }
        return new RollingSink<>(
                Place.of(directory),
                suffix,
                encoder,
                RollOptions.defaults(),
                MalformedText.REJECT,
                null);
    }

    /** {@link RollOptions#defaults} by default. */
    public RollingSink<X> withOptions(RollOptions choice) {
        return new RollingSink<>(directory, suffix, encoder, choice, malformed, partFn);
    }

    /** As {@link AppendSink#withMalformed}. */
    public RollingSink<X> withMalformed(MalformedText choice) {
        return new RollingSink<>(directory, suffix, encoder, options, choice, partFn);
    }

    /**
     * Chooses the writer of a key instead of Adler-32 of its canonical text: the result
     * floor-modulo the number of writers. Must give the same result for equal keys in every
     * execution.
     */
    public RollingSink<X> withPartFn(Mapper<Object, Integer> choice) {
        return new RollingSink<>(directory, suffix, encoder, options, malformed, choice);
    }

    @Override
    public List<String> listParts() throws IOException {
        AppendTarget.requireDirectory(directory.path(), "output directory");
        return PartList.names("writer", options.writers());
    }

    @Override
    public int partFn(Object key) {
        return options.writers() == 1 ? 0 : PartList.choose(partFn, key, directory.toString());
    }

    @Override
    public TwoPhasePartition<X, StagedPart> buildPart(String stepId, String forPart) {
        var lines =
                new EncodedLines<X>(
                        encoder, options.lineEnd().getBytes(StandardCharsets.UTF_8), malformed);
        return new RollingPartition<>(directory.path(), end(), lines, options, System::nanoTime);
    }

    @Override
    public @Nullable String remembered(Owner owner) throws IOException {
        int files = new HiddenParts(directory.path(), new PartNames(owner, end())).list().size();
        return files == 0
                ? null
                : "hidden files of "
                        + owner.partition()
                        + " in "
                        + directory
                        + ": its owner, what is staged and not shown ("
                        + files
                        + " in all)";
    }

    @Override
    public void forget(Owner owner) throws IOException {
        new HiddenParts(directory.path(), new PartNames(owner, end())).delete();
    }

    private String end() {
        return suffix + (options.packing() == RollOptions.Packing.GZIP ? ".gz" : "");
    }
}
