package dev.waxwing.files;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** In which order the files of a directory are read, if they are read one after the other. */
public enum FileOrder {
    /** By their paths within the directory, as text. */
    NAME,
    /** By the time of their last change, the oldest first; those of the same time as rotated. */
    TIME,
    /**
     * As programs that rotate logs name them, the oldest first: {@code app.log-20261129}, {@code
     * app.log-20261130}, {@code app.log}; {@code app-2026-11-29.log}, {@code app-2026-11-30.log},
     * {@code app.log}; or {@code app.log.2.gz}, {@code app.log.1}, {@code app.log}. Others by name.
     */
    ROTATION;

    /** The files in this order, without those that are just being packed from others of them. */
    List<SeenFile> of(Collection<SeenFile> files) {
        Set<String> names = files.stream().map(SeenFile::name).collect(Collectors.toSet());
        return files.stream()
                .filter(file -> !isPackedFrom(file.name(), names))
                .sorted(comparator())
                .toList();
    }

    private static final String PACKED = ".gz";

    private static boolean isPackedFrom(String name, Set<String> names) {
        return name.endsWith(PACKED)
                && names.contains(name.substring(0, name.length() - PACKED.length()));
    }

    private Comparator<SeenFile> comparator() {
        Comparator<SeenFile> byRotation =
                Comparator.comparing(file -> RotatedName.of(file.name()), RotatedName.OLDEST_FIRST);
        return switch (this) {
            case NAME -> Comparator.comparing(SeenFile::name);
            case TIME -> Comparator.comparing(SeenFile::changed).thenComparing(byRotation);
            case ROTATION -> byRotation;
        };
    }
}
