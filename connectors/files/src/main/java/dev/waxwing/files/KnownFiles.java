package dev.waxwing.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds files again that were read, after they were renamed, copied or packed. */
final class KnownFiles {

    /*
     * First by their keys: a file that has the key and begins as it did is the one, whatever it is called; it may begin
     * otherwise, since the key of a file that was removed is given to another. One of another name that begins alike and is
     * no longer must not have been changed since, as small files may well hold the same. Then, of those that are left, by their
     * beginnings, as copies have keys of their own; only among names that it may have got, as files of other days may well begin alike. Several that begin alike are taken in their order.
     */

    private final Map<ReadFile, SeenFile> found = new HashMap<>();
    private final Set<SeenFile> taken = new HashSet<>();
    private final List<ReadFile> lost = new ArrayList<>();

    private KnownFiles() {}

    /** {@code seen} and {@code read} are each in order, the oldest first. */
    static KnownFiles among(List<SeenFile> seen, List<ReadFile> read) throws IOException {
        KnownFiles known = new KnownFiles();
        Map<String, SeenFile> byKey = new HashMap<>();
        for (SeenFile each : seen) {
            byKey.putIfAbsent(each.key(), each);
        }
        List<ReadFile> moved = new ArrayList<>();
        for (ReadFile each : read) {
            SeenFile same = each.mark().key().isEmpty() ? null : byKey.get(each.mark().key());
            if (same != null && !known.taken.contains(same) && same.is(each)) {
                known.take(same, each);
            } else {
                moved.add(each);
            }
        }
        known.findCopies(seen, moved);
        return known;
    }

    /** The file that was read, as it is now; null if it was not found. */
    @Nullable SeenFile find(ReadFile read) {
        return found.get(read);
    }

    /** The files that were not found again. */
    List<ReadFile> lost() {
        return lost;
    }

    private void take(SeenFile file, ReadFile read) {
        taken.add(file);
        found.put(read, file);
    }

    private void findCopies(List<SeenFile> seen, List<ReadFile> moved) throws IOException {
        Map<String, List<SeenFile>> left = new HashMap<>();
        for (SeenFile each : seen) {
            if (!taken.contains(each)) {
                left.computeIfAbsent(each.stem(), stem -> new ArrayList<>()).add(each);
            }
        }
        for (ReadFile each : moved) {
            String stem = RotatedName.of(each.name()).stem();
            List<SeenFile> candidates = left.getOrDefault(stem, new ArrayList<>());
            SeenFile copy = copy(each, candidates);
            if (copy == null) {
                lost.add(each);
            } else {
                candidates.remove(copy);
                take(copy, each);
            }
        }
    }

    private static @Nullable SeenFile copy(ReadFile read, List<SeenFile> candidates)
            throws IOException {
        if (read.mark().bytes() == 0) {
            return null;
        }
        RotatedName name = RotatedName.of(read.name());
        for (SeenFile each : candidates) {
            if (name.mayBecome(RotatedName.of(each.name())) && each.holds(read)) {
                return each;
            }
        }
        return null;
    }
}
