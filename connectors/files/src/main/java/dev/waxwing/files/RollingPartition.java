package dev.waxwing.files;

import dev.waxwing.sink.FencedException;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Outcome;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.ReleasablePartition;
import dev.waxwing.sink.TwoPhasePartition;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the parts of one writer. Used by one thread at a time.
 *
 * @param <X> item
 */
final class RollingPartition<X> implements TwoPhasePartition<X, StagedPart>, ReleasablePartition {

    /*
     * open -> staged -> visible, by two renames within the directory. A part is open while it is written, under
     * a name without an epoch, as that is not known yet; an open part of an execution that has ended is garbage.
     * Preparing completes it, forces it and gives it a hidden name with its epoch and the name that it will have.
     * Committing renames it to that, after its owner was checked.
     *
     * After a failure to write nothing more is written: what is in the part of the batch that failed cannot be told.
     */
    private final Path directory;
    private final String suffix;
    private final EncodedLines<X> lines;
    private final RollOptions options;
    private final LongSupplier nanos;
    private final List<PartWriter> ended = new ArrayList<>();
    private final StagedParts staged;
    private @Nullable Owner owner;
    private @Nullable PartNames names;
    private @Nullable WriterClaim claim;
    private @Nullable PartWriter part;
    private @Nullable IOException failure;
    private long openedNanos;
    private int opened;

    RollingPartition(
            Path directory,
            String suffix,
            EncodedLines<X> lines,
            RollOptions options,
            LongSupplier nanos) {
        this.directory = directory;
        this.suffix = suffix;
        this.lines = lines;
        this.options = options;
        this.nanos = nanos;
        this.staged = new StagedParts(directory, options.access());
    }

    @Override
    public @Nullable Marker look(Owner claiming) throws Exception {
        return begin(claiming).look();
    }

    @Override
    public @Nullable Marker claim(Owner claiming) throws Exception {
        WriterClaim begun = begin(claiming);
        try {
            return begun.take();
        } catch (IOException e) {
            throw described("taking it over failed", e);
        }
    }

    @Override
    public void release(Owner claiming, Marker claimed, @Nullable Marker before)
            throws IOException {
        claimed(claim).release(claimed, before);
    }

    private WriterClaim begin(Owner claiming) throws IOException {
        PartNames own = new PartNames(claiming, suffix);
        HiddenFiles.requireName(
                directory.resolve(own.longest()),
                "output directory '"
                        + directory
                        + "' cannot hold the parts of step '"
                        + claiming.step()
                        + "'",
                "shorten the name of the step or of the dataflow");
        WriterClaim begun = new WriterClaim(directory, own, claiming, options.access());
        owner = claiming;
        names = own;
        claim = begun;
        return begun;
    }

    @Override
    public void writeBatch(List<X> items) throws Exception {
        requireIntact();
        lines.begin();
        try {
            if (part != null && isOld()) {
                end(part);
            }
            for (X item : items) {
                add(item);
            }
            if (part != null) {
                flush(part);
            }
        } catch (IOException e) {
            throw fail("writing failed", e);
        }
        lines.throwFailures();
    }

    @Override
    public List<StagedPart> prepare(long epoch) throws Exception {
        requireIntact();
        try {
            if (part != null) {
                end(part);
            }
            for (PartWriter each : ended) {
                requireUndamaged(each);
            }
            List<StagedPart> prepared = staged.stage(ended, claimed(names), epoch);
            ended.clear();
            return prepared;
        } catch (IOException e) {
            throw fail("completing the parts of epoch " + epoch + " failed", e);
        }
    }

    @Override
    public Outcome commit(StagedPart prepared) throws Exception {
        WriterClaim held = claimed(claim);
        held.check();
        try {
            Outcome outcome = staged.show(prepared, claimed(names));
            if (!(outcome instanceof Outcome.Lost) && prepared.endsEpoch()) {
                held.reached(prepared.epoch());
            }
            return outcome;
        } catch (IOException e) {
            throw described("showing part '" + prepared.name() + "' failed", e);
        }
    }

    @Override
    public void abortBeyond(long epoch) throws Exception {
        claimed(claim).check();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            for (Path file : all) {
                PartNames.Leftover leftover =
                        claimed(names).leftover(String.valueOf(file.getFileName()));
                if (leftover != null && leftover.epoch() > epoch && isOlder(leftover)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** What was not prepared is garbage. */
    @Override
    public void close() throws IOException {
        List<PartWriter> garbage = new ArrayList<>(ended);
        if (part != null) {
            garbage.add(part);
        }
        part = null;
        ended.clear();
        IOException first = null;
        for (PartWriter each : garbage) {
            try {
                each.discard();
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void add(X item) throws IOException {
        PartWriter to = part;
        if (to == null) {
            to = open();
            lines.addHeader();
        }
        if (lines.add(item)) {
            to.countItem();
        }
        boolean full = to.bytes() + lines.length() >= options.bytesMax();
        if (full || lines.length() >= EncodedLines.BLOCK_BYTES) {
            flush(to);
        }
        if (full && to.bytes() >= options.bytesMax()) {
            end(to);
        }
    }

    private PartWriter open() throws IOException {
        opened++;
        Path path = directory.resolve(claimed(names).open(opened));
        PartWriter fresh = PartWriter.open(path, options);
        openedNanos = nanos.getAsLong();
        part = fresh;
        return fresh;
    }

    private boolean isOld() {
        return options.ageMax() != null
                && nanos.getAsLong() - openedNanos >= options.ageMax().toNanos();
    }

    private void flush(PartWriter to) throws IOException {
        if (lines.length() > 0) {
            to.write(lines.bytes(), lines.length());
            lines.written();
        }
    }

    /* A part of which all items could not be encoded has at most a header. */
    private void end(PartWriter full) throws IOException {
        part = null;
        if (full.hasItems()) {
            ended.add(full);
            full.finish();
        } else {
            full.discard();
        }
    }

    /* Before its epoch is decided: after, what is missing would be lost. */
    private static void requireUndamaged(PartWriter part) throws IOException {
        String damage = part.damage();
        if (damage != null) {
            throw new IOException(
                    "part '"
                            + part.path()
                            + "', which is being written, must stay as it is, but "
                            + damage
                            + ": something else has come between, keep programs that rotate or clean"
                            + " files away from hidden ones");
        }
    }

    /* Generations of another store are not comparable; who adopts a directory takes all of it. */
    private boolean isOlder(PartNames.Leftover leftover) {
        Owner own = claimed(owner);
        return !claimed(names).isOwn(leftover)
                && (own.adopts() || leftover.generation() < own.generation());
    }

    private void requireIntact() throws IOException {
        if (failure != null) {
            throw new IOException(
                    "output directory '"
                            + directory
                            + "' takes nothing more after a failure: "
                            + failure.getMessage(),
                    failure);
        }
    }

    /* Who takes a writer over sweeps what the one before has open; that one then fails to go on with it. */
    private IOException fail(String what, IOException cause) throws FencedException {
        IOException described = described(what, cause);
        failure = described;
        try {
            close();
        } catch (IOException e) {
            described.addSuppressed(e);
        }
        try {
            claimed(claim).check();
        } catch (IOException e) {
            described.addSuppressed(e);
        }
        return described;
    }

    private IOException described(String what, IOException cause) {
        return new IOException(
                "output directory '"
                        + directory
                        + "': "
                        + what
                        + ": "
                        + reason(cause)
                        + "; what can be seen is complete. Make room, or let this user make, rename"
                        + " and remove files there, then start again: writing resumes after the"
                        + " last decided epoch",
                cause);
    }

    /* The messages of some of them are only the name of a file. */
    private static String reason(IOException cause) {
        return cause instanceof java.nio.file.FileSystemException
                ? cause.getClass().getSimpleName() + " " + cause.getMessage()
                : String.valueOf(cause.getMessage());
    }

    private static <V> V claimed(@Nullable V value) {
        return Objects.requireNonNull(value, "claim comes first");
    }
}
