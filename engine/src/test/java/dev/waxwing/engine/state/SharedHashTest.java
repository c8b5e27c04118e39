package dev.waxwing.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.engine.site.Boxed;
import dev.waxwing.state.columnar.ColumnarLogic;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Very many keys that share a hash do not cost a comparison with each other. */
final class SharedHashTest {

    /** As many as there are texts of 15 times {@code Aa} or {@code BB}, which share their hash. */
    private static final int KEYS = 1 << 15;

    /**
     * Numbers share no hash after all: as long as other numbers, but for what else the machine
     * does.
     */
    private static final long MOST_TIMES_OF_NUMBERS = 4;

    /**
     * Up to 13 times were measured, of 40 ns. Compared with all others, they would take hundreds of
     * times as long as keys that share none.
     */
    private static final long MOST_TIMES = 25;

    private static final int ROUNDS = 5;
    private static long compared;

    private enum Day {
        MONDAY,
        TUESDAY
    }

    /** Keys that share a hash, and keys like them that do not. */
    @SuppressWarnings("ImmutableEnumChecker") // lambdas that capture nothing
    private enum Kind {
        LONGS(i -> ((long) i << 32) | i, i -> ((long) i << 32) | (i * 7L)),
        LONGS_AND_THEIR_NEGATION(
                i -> ((long) i << 32) | (-i & 0xffffffffL), i -> ((long) i << 32) | (i * 7L)),
        DOUBLES(
                i -> Double.longBitsToDouble(((long) i << 32) | i),
                i -> Double.longBitsToDouble(((long) i << 32) | (i * 7L))),
        TEXTS(i -> text(i, "Aa", "BB"), i -> text(i, "Aa", "bB")),
        UUIDS(i -> new UUID(i, i), i -> new UUID(i, i * 7L)),
        RECORDS(Bad::new, Good::new),
        RECORDS_OF_RECORDS(
                i -> new BadNested((i & 1) == 0 ? Day.MONDAY : Day.TUESDAY, List.of(new Bad(i))),
                i -> new GoodNested((i & 1) == 0 ? Day.MONDAY : Day.TUESDAY, List.of(new Good(i)))),
        RECORDS_AS_THE_COMPILER_HASHES_THEM(
                i -> new Place(i / 31, 1_000_000 - i / 31 * 31, i % 31), i -> new Place(i, 3, 7)),
        LISTS(i -> List.of(text(i, "Aa", "BB")), i -> List.of(text(i, "Aa", "bB"))),
        COMPARABLES(i -> new Version(i, 7), i -> new Version(i, i));

        private final IntFunction<Object> sharing;
        private final IntFunction<Object> other;

        Kind(IntFunction<Object> sharing, IntFunction<Object> other) {
            this.sharing = sharing;
            this.other = other;
        }

        private long mostTimes() {
            return this.compareTo(DOUBLES) <= 0 ? MOST_TIMES_OF_NUMBERS : MOST_TIMES;
        }

        private static Object text(int i, String zero, String one) {
            var text = new StringBuilder();
            for (var bit = 0; bit < 15; bit++) {
                text.append((i >> bit & 1) == 0 ? zero : one);
            }
            return text.toString();
        }
    }

    private record Bad(int number) {
        @Override
        public int hashCode() {
            return 42;
        }
    }

    private record Good(int number) {
        @Override
        public int hashCode() {
            return number;
        }
    }

    private record BadNested(Day day, List<Bad> parts) {
        @Override
        public int hashCode() {
            return 42;
        }
    }

    private record GoodNested(Day day, List<Good> parts) {
        @Override
        public int hashCode() {
            return parts.get(0).number();
        }
    }

    private record Place(int x, int y, int z) {}

    /** A class of which nothing is known but its order. */
    private static final class Version implements Comparable<Version> {

        private final int number;
        private final int hash;

        Version(int number, int hash) {
            this.number = number;
            this.hash = hash;
        }

        @Override
        public boolean equals(Object other) {
            compared++;
            return other instanceof Version version && version.number == number;
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public int compareTo(Version other) {
            compared++;
            return Integer.compare(number, other.number);
        }
    }

    private record OwnEquals(String text) {

        @Override
        public boolean equals(Object other) {
            compared++;
            return other instanceof OwnEquals own && own.text.equalsIgnoreCase(text);
        }

        @Override
        public int hashCode() {
            return 42;
        }
    }

    @ParameterizedTest
    @EnumSource
    void cellsAreNotComparedWithEachOther(Kind kind) {
        assertFast(kind, SharedHashTest::findCells);
    }

    @ParameterizedTest
    @EnumSource
    void slotsAreNotComparedWithEachOther(Kind kind) {
        assertFast(kind, SharedHashTest::findSlots);
    }

    @Test
    void keysWithAnOrderAreComparedWithFew() {
        var keys = keys(i -> new Version(i, 7));
        compared = 0;

        findCells(keys);

        assertThat(compared).isLessThan(KEYS * 100L);
    }

    @Test
    void keysOfWhichNothingIsKnownAreComparedWithAllButAreFound() {
        List<Object> keys = new ArrayList<>();
        for (var i = 0; i < 500; i++) {
            keys.add(new OwnEquals("key " + i));
        }
        var table = new CellTable();
        for (Object key : keys) {
            table.add(new Cell(Boxed.bits(key), Boxed.rest(key), hash(key)));
        }

        assertThat(keys)
                .allSatisfy(
                        key -> {
                            var same =
                                    new OwnEquals(
                                            ((OwnEquals) key).text().toUpperCase(Locale.ROOT));
                            var cell = table.find(hash(same), 0, same);
                            assertThat(cell).isNotNull();
                            assertThat(cell.key()).isSameAs(key);
                        });
    }

    @Test
    void keysWithAGoodHashAreInNoCrowd() {
        var cells = new CellTable();
        var slots = new SlotTable();
        for (var i = 0; i < 300_000; i++) {
            var key = "key " + i;
            cells.add(new Cell(0, key, hash(key)));
            if (slots.isFull()) {
                slots.rebuild(slot -> true);
            }
            slots.add(Boxed.hash(key), 0, key);
        }

        assertThat(cells.crowded()).isZero();
        assertThat(slots.crowded()).isZero();
    }

    @Test
    void longsOfEveryPatternAreInNoCrowd() {
        for (long factor :
                List.of(1L, 3L, 1_000L, 1L << 32, (1L << 32) + 1, (1L << 32) - 1, 7L << 35)) {
            var cells = new CellTable();
            for (var i = 0; i < KEYS; i++) {
                var key = (Long) (i * factor);
                cells.add(new Cell(Boxed.bits(key), Boxed.rest(key), hash(key)));
            }
            assertThat(cells.crowded()).as("multiples of %d", factor).isZero();
        }
    }

    private void assertFast(Kind kind, ToLongFunction<List<Object>> work) {
        var sharing = keys(kind.sharing);
        var other = keys(kind.other);
        var bestOfSharing = Long.MAX_VALUE;
        var bestOfOther = Long.MAX_VALUE;
        for (var round = 0; round < ROUNDS; round++) {
            bestOfOther = Math.min(bestOfOther, work.applyAsLong(other));
            bestOfSharing = Math.min(bestOfSharing, work.applyAsLong(sharing));
        }
        assertThat(bestOfSharing)
                .as("nanoseconds for %s; others took %d", kind, bestOfOther)
                .isLessThan(kind.mostTimes() * bestOfOther);
    }

    private static List<Object> keys(IntFunction<Object> key) {
        List<Object> keys = new ArrayList<>();
        for (var i = 0; i < KEYS; i++) {
            keys.add(key.apply(i));
        }
        Collections.shuffle(keys, new Random(7));
        assertThat(keys).doesNotHaveDuplicates();
        return keys;
    }

    private static int hash(Object key) {
        return CellTable.hash(Boxed.hash(key));
    }

    private static long findCells(List<Object> keys) {
        var start = cpuNanos();
        var table = new CellTable();
        for (var pass = 0; pass < 4; pass++) {
            for (Object key : keys) {
                var cell = table.find(hash(key), Boxed.bits(key), Boxed.rest(key));
                if (cell == null) {
                    table.add(new Cell(Boxed.bits(key), Boxed.rest(key), hash(key)));
                }
            }
        }
        var nanos = cpuNanos() - start;
        assertThat(table.size()).isEqualTo(KEYS);
        return nanos;
    }

    private static long findSlots(List<Object> keys) {
        var start = cpuNanos();
        var table = new SlotTable();
        for (var pass = 0; pass < 4; pass++) {
            for (Object key : keys) {
                var slot = table.find(Boxed.hash(key), Boxed.bits(key), Boxed.rest(key));
                if (slot == ColumnarLogic.NONE) {
                    if (table.isFull()) {
                        table.rebuild(each -> true);
                    }
                    table.add(Boxed.hash(key), Boxed.bits(key), Boxed.rest(key));
                }
            }
        }
        var nanos = cpuNanos() - start;
        assertThat(table.size()).isEqualTo(KEYS);
        return nanos;
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
