package dev.waxwing.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a file that is followed was rotated into: files beside it, whose names begin with its. */
final class RotatedFiles {

    private final String part;
    private final Path path;
    private final Compression compression;

    RotatedFiles(String part, Path path, Compression compression) {
        this.part = part;
        this.path = path;
        this.compression = compression;
    }

    /** Whether the file that has the name now is not the one that the position is in. */
    boolean hasLeft(FilePosition position) throws IOException {
        SeenFile live = SeenFile.of(part, path, compression);
        ReadFile read = read(position);
        if (read.mark().hasKey(live.key())) {
            return !live.holds(read);
        }
        return look(files -> withKey(read, files)) != null || !live.holds(read);
    }

    /**
     * The file that a position is in, if it was rotated; null if it is not found.
     *
     * @throws IOException if it may be one or another
     */
    @Nullable SeenFile find(FilePosition position) throws IOException {
        return look(files -> find(read(position), files));
    }

    private @Nullable SeenFile find(ReadFile read, List<SeenFile> files) throws IOException {
        SeenFile same = withKey(read, files);
        if (same != null) {
            return same;
        }
        List<SeenFile> copies = copies(read, files);
        if (copies.size() > 1) {
            throw new IOException(
                    "input file '"
                            + part
                            + "' was rotated, and "
                            + copies.stream().map(SeenFile::name).toList()
                            + " all begin like what was read up to byte "
                            + read.offset()
                            + "; move those away that are older than that");
        }
        return copies.isEmpty() ? null : copies.get(0);
    }

    /** The newest copy of the file that a position is in; null if there is none. */
    @Nullable SeenFile newestCopy(FilePosition position) throws IOException {
        return look(
                files -> {
                    List<SeenFile> copies = copies(read(position), files);
                    return copies.isEmpty() ? null : copies.get(copies.size() - 1);
                });
    }

    /** What was rotated after the file that a position is in; null if nothing. */
    @Nullable SeenFile after(FilePosition position) throws IOException {
        return look(
                files -> {
                    int at = files.indexOf(find(read(position), files));
                    return at < 0 || at + 1 == files.size() ? null : files.get(at + 1);
                });
    }

    private interface Look {
        @Nullable SeenFile at(List<SeenFile> files) throws IOException;
    }

    /* Files may be renamed while they are looked at, and then cannot be opened. */
    private @Nullable SeenFile look(Look look) throws IOException {
        for (int looks = 1; ; looks++) {
            List<SeenFile> files = files();
            try {
                return look.at(files);
            } catch (IOException e) {
                if (looks == SeenFile.LOOKS_MAX || files().equals(files)) {
                    throw e;
                }
            }
        }
    }

    private ReadFile read(FilePosition position) {
        return new ReadFile(
                part,
                position.offset(),
                position.line(),
                position.mark(),
                ReadFile.Growth.POSSIBLE,
                Instant.EPOCH);
    }

    private static @Nullable SeenFile withKey(ReadFile read, List<SeenFile> files)
            throws IOException {
        for (SeenFile each : files) {
            if (read.mark().hasKey(each.key()) && each.holds(read)) {
                return each;
            }
        }
        return null;
    }

    private static List<SeenFile> copies(ReadFile read, List<SeenFile> files) throws IOException {
        List<SeenFile> copies = new ArrayList<>();
        if (read.mark().bytes() > 0) {
            for (SeenFile each : files) {
                if (each.holds(read)) {
                    copies.add(each);
                }
            }
        }
        return copies;
    }

    /** The oldest first. */
    private List<SeenFile> files() throws IOException {
        Path real = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
        String stem = String.valueOf(real.getFileName());
        List<SeenFile> files = new ArrayList<>();
        FileOrder order = FileOrder.ROTATION;
        try (DirectoryStream<Path> beside = Files.newDirectoryStream(real.getParent())) {
            for (Path each : beside) {
                String name = String.valueOf(each.getFileName());
                boolean isNumberedWithin = RotatedName.isNumberedWithin(name, stem);
                boolean isRotated =
                        isNumberedWithin
                                || (!name.equals(stem) && RotatedName.of(name).stem().equals(stem));
                if (isRotated && Files.isRegularFile(each)) {
                    SeenFile.add(files, name, each, compression);
                    order = isNumberedWithin ? FileOrder.TIME : order;
                }
            }
        }
        return order.of(files);
    }
}
