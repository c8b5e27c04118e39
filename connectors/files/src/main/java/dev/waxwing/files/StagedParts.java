package dev.waxwing.files;

import dev.waxwing.sink.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parts of one writer that are complete, hidden or not. Used by one thread at a time. */
final class StagedParts {

    /*
     * Renaming would overwrite a file of that name; none is there unless somebody put it there, as names have store,
     * epoch and number, and no epoch's number is used twice. One that is there is compared and never overwritten.
     *
     * What this execution has staged itself is taken to be what it wrote if it is as long; what an earlier one has
     * staged is read and compared before it is shown, as a crash of the machine may have come between.
     */
    private final Path directory;
    private final Set<String> own = new HashSet<>();

    StagedParts(Path directory) {
        this.directory = directory;
    }

    /** Gives complete parts the names under which they wait for their epoch, for good. */
    List<StagedPart> stage(List<PartWriter> complete, PartNames names, long epoch)
            throws IOException {
        List<StagedPart> parts = new ArrayList<>();
        for (PartWriter each : complete) {
            int number = parts.size() + 1;
            String visible = names.visible(epoch, number);
            String hidden = names.staged(visible);
            Files.move(each.path(), directory.resolve(hidden), StandardCopyOption.ATOMIC_MOVE);
            own.add(hidden);
            parts.add(
                    new StagedPart(
                            visible,
                            hidden,
                            each.bytes(),
                            each.crc32c(),
                            epoch,
                            number == complete.size()));
        }
        if (!parts.isEmpty()) {
            HiddenFiles.forceDirectory(directory);
        }
        return parts;
    }

    /** Lets a part be seen, if it is what was written. */
    Outcome show(StagedPart part) throws IOException {
        Path hidden = directory.resolve(part.stagedAs());
        Path visible = directory.resolve(part.name());
        if (Files.exists(visible)) {
            return shown(part, hidden, visible);
        }
        String wrong = difference(part, hidden);
        if (wrong != null) {
            return Outcome.lost(
                    "part '"
                            + hidden
                            + "', which was written and forced to the disk, "
                            + wrong
                            + ": something else has removed or changed it; bring it back and start"
                            + " again, or go back to an epoch before it with Resume.replay");
        }
        Files.move(hidden, visible, StandardCopyOption.ATOMIC_MOVE);
        own.remove(part.stagedAs());
        HiddenFiles.forceDirectory(directory);
        return Outcome.committed();
    }

    private Outcome shown(StagedPart part, Path hidden, Path visible) throws IOException {
        String wrong = difference(part, visible);
        if (wrong != null) {
            return Outcome.lost(
                    "file '"
                            + visible
                            + "' is in the place of a part and "
                            + wrong
                            + ": something else has written or changed it; move it away and start"
                            + " again");
        }
        Files.deleteIfExists(hidden);
        HiddenFiles.forceDirectory(directory);
        return Outcome.alreadyCommitted();
    }

    /** Tells how a file is not the part, or null if it is. */
    private @Nullable String difference(StagedPart part, Path file) throws IOException {
        long bytes;
        try {
            bytes = Files.size(file);
            if (bytes == part.bytes()) {
                boolean isOwn = own.contains(String.valueOf(file.getFileName()));
                long found = isOwn ? part.crc32c() : HiddenFiles.checksum(file);
                return found == part.crc32c()
                        ? null
                        : "has another checksum (CRC-32C "
                                + Long.toHexString(part.crc32c())
                                + " expected, "
                                + Long.toHexString(found)
                                + " found)";
            }
        } catch (NoSuchFileException e) {
            return "is missing";
        }
        return "has " + bytes + " bytes in place of " + part.bytes();
    }
}
