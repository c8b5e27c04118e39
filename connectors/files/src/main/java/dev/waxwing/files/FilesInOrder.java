package dev.waxwing.files;

import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files of a directory that are read one after the other, as one partition. A file is known by what
 * identifies it and not by its name: what was read under another name is not read again.
 *
 * @param <T> what is read of them
 */
final class FilesInOrder<T> implements StatefulSourcePartition<T, FilePosition> {

    private static final int FILES_AT_A_TIME = 16;

    /*
     * Files are renamed while others are read. So a path is compared with the key of the file that was seen there before it
     * is opened, and all are looked for anew when it is another, or when one has gone while they were looked at.
     */

    private final String part;
    private final Listing listing;
    private final FileSet.Reading<T> reading;

    /** Those that are to be looked at, in order. */
    private final Deque<SeenFile> next = new ArrayDeque<>();

    /** The files that were read, by names of now. */
    private final Map<String, ReadFile> read = new LinkedHashMap<>();

    /** Where an earlier execution has stopped; null when more was read. */
    private @Nullable FilePosition resume;

    private @Nullable SeenFile file;
    private @Nullable StatefulSourcePartition<T, FilePosition> open;

    private FilesInOrder(
            String part,
            Listing listing,
            FileSet.Reading<T> reading,
            @Nullable FilePosition resume) {
        this.part = part;
        this.listing = listing;
        this.reading = reading;
        this.resume = resume;
    }

    /** Lists the files that are there now, in order. */
    @FunctionalInterface
    interface Listing {
        List<SeenFile> list() throws IOException;
    }

    /**
     * Looks for the files that were read, and opens none.
     *
     * @param onGone what to do if the file that was read last is gone
     */
    static <T> FilesInOrder<T> of(
            String part,
            Listing listing,
            OnUnreadable onGone,
            FileSet.Reading<T> reading,
            @Nullable FilePosition resume)
            throws IOException {
        FilesInOrder<T> files = new FilesInOrder<>(part, listing, reading, resume);
        List<ReadFile> before = resume == null ? List.of() : resume.others();
        List<ReadFile> lost = files.look(before);
        if (!before.isEmpty()) {
            ReadFile last = before.get(before.size() - 1);
            UnreadableFiles gone = new UnreadableFiles(onGone);
            if (lost.contains(last)) {
                gone.add(
                        "'"
                                + last.name()
                                + "', which was read last, up to byte "
                                + last.offset()
                                + ", is there under no name any more, so that nobody knows what"
                                + " was written to it since");
            }
            gone.decide("files '" + part + "' in order");
        }
        return files;
    }

    /** Looks which files are there; returns those that were read and are not. */
    private List<ReadFile> look(List<ReadFile> before) throws IOException {
        for (int looks = 1; ; looks++) {
            List<SeenFile> seen = listing.list();
            try {
                return take(seen, KnownFiles.among(seen, before), before);
            } catch (IOException e) {
                if (looks == SeenFile.LOOKS_MAX || listing.list().equals(seen)) {
                    throw e;
                }
            }
        }
    }

    private List<ReadFile> take(List<SeenFile> seen, KnownFiles known, List<ReadFile> before) {
        next.clear();
        next.addAll(seen);
        read.clear();
        for (ReadFile each : before) {
            SeenFile found = known.find(each);
            if (found != null) {
                read.put(found.name(), each.as(found.name(), found.key()));
            }
        }
        return known.lost();
    }

    @Override
    public SourceStatus nextBatch(SourceEmitter<? super T> out) throws Exception {
        for (int i = 0; i < FILES_AT_A_TIME && (i == 0 || out.hasRoom()); i++) {
            StatefulSourcePartition<T, FilePosition> from = open == null ? openNext() : open;
            if (from == null) {
                return SourceStatus.ENDED;
            }
            if (from.nextBatch(out) == SourceStatus.OPEN) {
                return SourceStatus.OPEN;
            }
            endFile();
        }
        return SourceStatus.OPEN;
    }

    /*
     * The file that is read is the last of the list, and its position is that of the partition.
     */
    @Override
    public FilePosition snapshot() {
        if (resume != null) {
            return resume;
        }
        List<ReadFile> others = new ArrayList<>(read.values());
        FilePosition here = open == null ? null : open.snapshot();
        if (here != null && file != null) {
            others.remove(read.get(file.name()));
            others.add(readUpTo(here, file, ReadFile.Growth.POSSIBLE, Instant.EPOCH));
        }
        return here == null
                ? new FilePosition(part, 0, 0, FileMark.NONE, others)
                : new FilePosition(part, here.offset(), here.line(), here.mark(), others);
    }

    @Override
    public void close() throws Exception {
        StatefulSourcePartition<T, FilePosition> closing = open;
        open = null;
        if (closing != null) {
            closing.close();
        }
    }

    /** Opens the next file that may hold something new; null if there is none. */
    private @Nullable StatefulSourcePartition<T, FilePosition> openNext() throws IOException {
        resume = null;
        while (!next.isEmpty()) {
            SeenFile candidate = next.element();
            if (!candidate.isThere()) {
                look(List.copyOf(read.values()));
                continue;
            }
            ReadFile before = read.get(candidate.name());
            if (before == null || candidate.mayHoldMoreThan(before)) {
                FilePosition from = before == null ? null : before.position(candidate.name());
                open = reading.open(candidate.name(), candidate.path(), from);
                file = candidate;
                next.remove();
                return open;
            }
            next.remove();
        }
        return null;
    }

    private void endFile() throws Exception {
        StatefulSourcePartition<T, FilePosition> ended = open;
        SeenFile of = file;
        if (ended != null && of != null) {
            ReadFile whole = readUpTo(ended.snapshot(), of, of.growth(), of.changedNow());
            read.remove(of.name());
            read.put(of.name(), whole);
        }
        close();
    }

    private static ReadFile readUpTo(
            FilePosition here, SeenFile file, ReadFile.Growth growth, Instant changed) {
        return new ReadFile(file.name(), here.offset(), here.line(), here.mark(), growth, changed);
    }
}
