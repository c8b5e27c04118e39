package dev.waxwing.files;

import dev.waxwing.run.FileAccess;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When the parts of a directory end, how many are written at a time, and how they are packed. A
 * part also ends with its epoch, whatever is chosen here: how long epochs are, in the options of
 * recovery, is how large parts get as a rule.
 */
public final class RollOptions implements Serializable {

    private static final long serialVersionUID = 1L;

    /** How the bytes of a part are packed. */
    public enum Packing {
        /** Written as they are. */
        NONE,
        /** Gzip; names end with {@code .gz}. */
        GZIP
    }

    private final int writers;
    private final long bytesMax;
    private final @Nullable Duration ageMax;
    private final Packing packing;
    private final String lineEnd;
    private final FileAccess access;

    private RollOptions(
            int writers,
            long bytesMax,
            @Nullable Duration ageMax,
            Packing packing,
            String lineEnd,
            FileAccess access) {
        Objects.requireNonNull(packing, "packing must not be null");
        Objects.requireNonNull(lineEnd, "lineEnd must not be null");
        Objects.requireNonNull(access, "access must not be null");
        if (writers < 1) {
            throw new IllegalArgumentException("writers must be 1 or more, but was " + writers);
        }
        if (bytesMax < 1) {
            throw new IllegalArgumentException("bytesMax must be 1 or more, but was " + bytesMax);
        }
        if (ageMax != null && (ageMax.isNegative() || ageMax.isZero())) {
            throw new IllegalArgumentException(
                    "ageMax must be longer than zero, but was " + ageMax);
        }
        this.writers = writers;
        this.bytesMax = bytesMax;
        this.ageMax = ageMax;
        this.packing = packing;
        this.lineEnd = lineEnd;
        this.access = access;
    }

    /**
     * One writer, parts of up to 128 MiB and any age, not packed, lines end with {@code \n}; what
     * is hidden is for its owner alone.
     */
    public static RollOptions defaults() {
        return new RollOptions(1, 128 << 20, null, Packing.NONE, "\n", FileAccess.OWNER);
    }

    public RollOptions withWriters(int count) {
        return new RollOptions(count, bytesMax, ageMax, packing, lineEnd, access);
    }

    public RollOptions withBytesMax(long bytes) {
        return new RollOptions(writers, bytes, ageMax, packing, lineEnd, access);
    }

    public RollOptions withAgeMax(Duration age) {
        return new RollOptions(writers, bytesMax, age, packing, lineEnd, access);
    }

    public RollOptions withPacking(Packing choice) {
        return new RollOptions(writers, bytesMax, ageMax, choice, lineEnd, access);
    }

    public RollOptions withLineEnd(String end) {
        return new RollOptions(writers, bytesMax, ageMax, packing, end, access);
    }

    /** {@link FileAccess#OWNER} by default. */
    public RollOptions withAccess(FileAccess choice) {
        return new RollOptions(writers, bytesMax, ageMax, packing, lineEnd, choice);
    }

    /**
     * {@return how many parts are written at a time, 1 or more} Their number is recorded: another
     * one at the next start is refused unless the runner is told to accept it.
     */
    public int writers() {
        return writers;
    }

    /**
     * {@return the length in bytes, 1 or more, at which a part ends, with the item that reaches it;
     * gzip holds bytes back, so that packed parts may be some hundred kilobytes longer}
     */
    public long bytesMax() {
        return bytesMax;
    }

    /** {@return the age at which a part ends, when more is written; null for no limit} */
    public @Nullable Duration ageMax() {
        return ageMax;
    }

    /** {@return how the bytes of a part are packed} */
    public Packing packing() {
        return packing;
    }

    /** {@return what ends each line} */
    public String lineEnd() {
        return lineEnd;
    }

    /**
     * {@return who may read what is hidden: parts that are not decided, and who writes them} Once
     * it can be seen, a part is as the umask says.
     */
    public FileAccess access() {
        return access;
    }
}
