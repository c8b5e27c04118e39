package dev.waxwing.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.engine.site.Boxed;
import dev.waxwing.state.columnar.ColumnarLogic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A slot a key, whatever the keys are. */
final class SlotTableTest {

    private static final int KEYS = 3_000;

    private enum Keys {
        LONGS,
        FAR_LONGS,
        INTEGERS,
        DOUBLES,
        TEXTS,
        OF_ONE_HASH,
        KINDS,
        NUMBERS_OF_SAME_BITS;

        Object key(int i) {
            return switch (this) {
                case LONGS -> (Object) (i - 5L);
                case FAR_LONGS -> (long) i << 40;
                case INTEGERS -> i;
                case DOUBLES -> i / 8.0;
                case TEXTS -> "key " + i;
                case OF_ONE_HASH -> new OneHash(i);
                case KINDS -> List.<Object>of((long) i, i, (double) i, "" + i).get(i % 4);
                case NUMBERS_OF_SAME_BITS -> i % 2 == 0 ? (Object) (i / 2L) : (Object) (i / 2);
            };
        }
    }

    private record OneHash(int number) {

        @Override
        public int hashCode() {
            return 0;
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyKeyHasASlotOfItsOwnUntilItIsForgotten(Keys keys) {
        var seed = 7L;
        var random = new Random(seed);
        var table = new SlotTable();
        Map<Object, Integer> slots = new HashMap<>();

        for (var i = 0; i < 2 * KEYS; i++) {
            var key = keys.key(random.nextInt(KEYS));
            var slot = find(table, key);
            assertThat(slot)
                    .as("seed %d, %s", seed, key)
                    .isEqualTo(slots.getOrDefault(key, ColumnarLogic.NONE));
            if (slot == ColumnarLogic.NONE) {
                if (table.isFull()) {
                    forgetSome(table, slots, random);
                }
                slots.put(key, table.add(Boxed.hash(key), Boxed.bits(key), Boxed.rest(key)));
            }
            assertThat(table.size()).isEqualTo(slots.size());
        }

        assertThat(slots.values())
                .doesNotHaveDuplicates()
                .allMatch(slot -> slot >= 0 && slot < table.capacity());
        slots.forEach((key, slot) -> assertThat(table.key(slot)).isEqualTo(key));
    }

    @Test
    void numberZeroHidesNoOther() {
        var seed = 11L;
        var random = new Random(seed);
        for (var i = 0; i < 300; i++) {
            var table = new SlotTable();
            List<Integer> keys = new ArrayList<>(List.of(0));
            random.ints().distinct().limit(25).forEach(keys::add);
            keys.forEach(key -> table.add(Boxed.hash(key), Boxed.bits(key), Boxed.rest(key)));

            assertThat(keys)
                    .as("seed %d", seed)
                    .allSatisfy(key -> assertThat(table.key(find(table, key))).isEqualTo(key));
        }
    }

    private static int find(SlotTable table, Object key) {
        return table.find(Boxed.hash(key), Boxed.bits(key), Boxed.rest(key));
    }

    private static void forgetSome(SlotTable table, Map<Object, Integer> slots, Random random) {
        for (var key : new ArrayList<>(slots.keySet())) {
            if (random.nextInt(4) == 0) {
                slots.remove(key);
            }
        }

        int[] to = table.rebuild(slots::containsValue);

        slots.replaceAll((key, slot) -> to[slot]);
        assertThat(table.isFull()).isFalse();
    }
}
