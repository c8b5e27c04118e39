package dev.waxwing.cli.soak;

import java.util.HashMap;
import java.util.Map;

/**
 * A multiset of lines, as far as tells whether one is lost, is doubled or differs: by the user that
 * each begins with, how many there are and what their hashes add up to.
 */
final class Lines {

    private final Map<String, Sum> users = new HashMap<>();

    void add(String line) {
        users.merge(line.substring(0, line.indexOf(' ')), new Sum(1, hash(line)), Sum::plus);
    }

    long count() {
        return users.values().stream().mapToLong(Sum::count).sum();
    }

    /** By user, where they differ, what these and the others have. */
    Map<String, String> differences(Lines others) {
        Map<String, String> differences = new HashMap<>();
        users.forEach(
                (user, sum) -> {
                    Sum other = others.users.get(user);
                    if (!sum.equals(other)) {
                        differences.put(user, sum + " and " + other);
                    }
                });
        others.users.forEach(
                (user, sum) -> {
                    if (!users.containsKey(user)) {
                        differences.put(user, "nothing and " + sum);
                    }
                });
        return differences;
    }

    private static long hash(String line) {
        long hash = 1;
        for (int i = 0; i < line.length(); i++) {
            hash = Shop.mix(hash * 31 + line.charAt(i));
        }
        return hash;
    }

    private record Sum(long count, long hash) {
        Sum plus(Sum other) {
            return new Sum(count + other.count, hash + other.hash);
        }
    }
}
