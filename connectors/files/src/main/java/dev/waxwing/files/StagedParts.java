package dev.waxwing.files;

import dev.waxwing.run.FileAccess;
import dev.waxwing.run.file.OwnFiles;
import dev.waxwing.sink.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
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
    private final FileAccess access;
    private final Set<String> own = new HashSet<>();

    /** What a new file in the directory may be used for; null until it is known. */
    private @Nullable Set<PosixFilePermission> usual;

    /**
     * @param access who may read parts that cannot be seen yet
     */
    StagedParts(Path directory, FileAccess access) {
        this.access = access;
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
    Outcome show(StagedPart part, PartNames names) throws IOException {
        Path hidden = directory.resolve(part.stagedAs());
        Path visible = directory.resolve(part.name());
        if (Files.exists(visible)) {
            return shown(part, hidden, visible);
        }
        String wrong = difference(part, hidden, LinkOption.NOFOLLOW_LINKS);
        if (wrong != null) {
            return Outcome.lost(
                    "part '"
                            + hidden
                            + "', which was written and forced to the disk, "
                            + wrong
                            + ": something else has removed or changed it; bring it back and start"
                            + " again, or go back to an epoch before it with Resume.replay");
        }
        openUp(hidden, names);
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

    /*
     * A part has been for its owner alone, and becomes what a file is that anybody makes there. The umask cannot be asked
     * for, and a directory may hand down lists of its own: so an empty file tells.
     */
    private void openUp(Path hidden, PartNames names) throws IOException {
        if (access == FileAccess.UMASK || !OwnFiles.isPosix(hidden)) {
            return;
        }
        Set<PosixFilePermission> permissions = usual;
        if (permissions == null) {
            Path sample = directory.resolve(names.open(0));
            Files.deleteIfExists(sample);
            Files.createFile(sample);
            permissions = Files.getPosixFilePermissions(sample, LinkOption.NOFOLLOW_LINKS);
            Files.delete(sample);
            usual = permissions;
        }
        PosixFileAttributeView view =
                Files.getFileAttributeView(
                        hidden, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        view.setPermissions(permissions);
    }

    /** Tells how a file is not the part, or null if it is. */
    private @Nullable String difference(StagedPart part, Path file, LinkOption... links)
            throws IOException {
        long bytes;
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, links);
            if (!attributes.isRegularFile()) {
                return "is no regular file";
            }
            bytes = attributes.size();
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
