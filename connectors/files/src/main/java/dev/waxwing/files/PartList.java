package dev.waxwing.files;

import dev.waxwing.function.Mapper;
import dev.waxwing.internal.CanonicalText;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Names of the partitions of a directory, and which one the items of a key go to. */
final class PartList {

    private PartList() {}

    /** A word and a number that is as wide for all. */
    static List<String> names(String word, int count) {
        int digits = Math.max(2, Integer.toString(count - 1).length());
        return IntStream.range(0, count)
                .mapToObj(i -> String.format(Locale.ROOT, "%s-%0" + digits + "d", word, i))
                .toList();
    }

    /** What the user chooses, or Adler-32 of the key's canonical text. */
    static int choose(@Nullable Mapper<Object, Integer> partFn, Object key, String output) {
        if (partFn == null) {
            return CanonicalText.adler32(key);
        }
        try {
            return partFn.map(key);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalArgumentException(
                    "the partFn of output '" + output + "' failed for key " + key, e);
        }
    }
}
