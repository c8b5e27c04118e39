package dev.waxwing.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.engine.site.RecordFields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A crowd finds what a map finds, and its hash is the same for keys that are equal. */
final class CrowdTest {

    private enum Day {
        MONDAY,
        TUESDAY
    }

    private record Plain(int number, String text, double share, Day day) {}

    private record Caseless(String text) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Caseless caseless && caseless.text.equalsIgnoreCase(text);
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    private record Around(Caseless inner, List<Long> numbers) {}

    /** Equal by name, ordered by length, so that many that differ compare as equal. */
    private record Ordered(String name) implements Comparable<Ordered> {

        @Override
        public boolean equals(Object other) {
            return other instanceof Ordered ordered && ordered.name.equals(name);
        }

        @Override
        public int hashCode() {
            return 1;
        }

        @Override
        public int compareTo(Ordered other) {
            return Integer.compare(name.length(), other.name.length());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void findsWhatAMapFinds(long seed) {
        var random = new Random(seed);
        var crowd = new Crowd<Integer>();
        Map<Object, Integer> model = new HashMap<>();
        for (var i = 0; i < 20_000; i++) {
            var key = key(random);
            assertThat(crowd.get(key)).as("seed %d, %s", seed, key).isEqualTo(model.get(key));
            if (!model.containsKey(key)) {
                crowd.put(key, i);
                model.put(key, i);
            } else if (random.nextBoolean()) {
                crowd.remove(key);
                model.remove(key);
            }
            assertThat(crowd.size()).as("seed %d", seed).isEqualTo(model.size());
        }
        assertThat(crowd.values())
                .as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(model.values());
    }

    private static Object key(Random random) {
        var number = random.nextInt(200);
        return switch (random.nextInt(9)) {
            case 0 -> (long) number;
            case 1 -> "key " + number;
            case 2 -> new UUID(number, number);
            case 3 -> new Plain(number, "text", Double.NaN, Day.values()[number & 1]);
            case 4 -> new Caseless((random.nextBoolean() ? "key " : "KEY ") + number);
            case 5 -> new Ordered("x".repeat(number % 10) + number);
            case 6 -> BigDecimal.valueOf(number, number % 3);
            case 7 ->
                    new Around(
                            new Caseless(random.nextBoolean() ? "a" : "A"), List.of(1L * number));
            default -> Arrays.asList("list", number, null);
        };
    }

    @Test
    void hashesOfEqualKeysAreTheSame() {
        assertThat(SecondHash.of(new Around(new Caseless("a"), List.of(1L))))
                .isEqualTo(
                        SecondHash.of(new Around(new Caseless("A"), new ArrayList<>(List.of(1L)))));
        assertThat(SecondHash.of(new Caseless("a"))).isEqualTo(SecondHash.of(new Caseless("A")));
    }

    @Test
    void onlyRecordsWithTheEqualsOfTheCompilerAreLookedInto() {
        assertThat(RecordFields.of(Plain.class)).hasSize(4);
        assertThat(RecordFields.of(Around.class)).hasSize(2);
        assertThat(RecordFields.of(Caseless.class)).isEmpty();
        assertThat(RecordFields.of(Ordered.class)).isEmpty();
        assertThat(RecordFields.of(String.class)).isEmpty();
    }

    @Test
    void hashesDifferWhereThoseOfTheKeysDoNot() {
        Set<Integer> hashes = new HashSet<>();
        for (var i = 0; i < 10_000; i++) {
            hashes.add(SecondHash.of(((long) i << 32) | i));
            hashes.add(SecondHash.of(new UUID(i, i)));
            hashes.add(SecondHash.of(List.of(i, -31 * i)));
            hashes.add(SecondHash.of(String.format(Locale.ROOT, "%08d", i)));
            hashes.add(SecondHash.of(new Plain(i, "text", 0, Day.MONDAY)));
        }
        assertThat(hashes).hasSizeGreaterThan(49_950);
    }
}
