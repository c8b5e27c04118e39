package dev.waxwing.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.engine.site.Boxed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** It finds the cells that a map finds, whatever collides. */
final class CellTableTest {

    private static final int ACTIONS = 20_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void randomKeysAreFoundAsInAMap(long seed) {
        var random = new Random(seed);
        var table = new CellTable();
        Map<Object, Cell> model = new HashMap<>();

        for (var i = 0; i < ACTIONS; i++) {
            var key = key(random);
            var expected = model.get(key);
            assertThat(find(table, key))
                    .as("seed %d, action %d: %s", seed, i, key)
                    .isSameAs(expected);
            if (expected == null) {
                var cell = new Cell(Boxed.bits(key), Boxed.rest(key), hash(key));
                table.add(cell);
                model.put(key, cell);
                assertThat(table.last()).isSameAs(cell);
            } else if (random.nextInt(3) == 0) {
                table.remove(expected);
                model.remove(key);
            } else {
                assertThat(table.last()).isSameAs(expected);
                assertThat(expected.key()).isEqualTo(key);
            }
            assertThat(table.size()).isEqualTo(model.size());
        }
        assertThat(table.toArray())
                .as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(model.values());
    }

    /* Of several classes, equal in bits or text, with a hash of which many keys share. */
    private static Object key(Random random) {
        var number = random.nextInt(300);
        return switch (random.nextInt(5)) {
            case 0 -> (long) number;
            case 1 -> number;
            case 2 -> number == 0 ? Double.NaN : -number / 2.0;
            case 3 -> "key " + number;
            default -> List.of(new Sharing(number));
        };
    }

    private record Sharing(int number) {
        @Override
        public int hashCode() {
            return number % 7;
        }
    }

    private static int hash(Object key) {
        return CellTable.hash(Boxed.hash(key));
    }

    private static @Nullable Cell find(CellTable table, Object key) {
        var hash = hash(key);
        var bits = Boxed.bits(key);
        var rest = Boxed.rest(key);
        var likely = table.likely(hash);
        return likely != null && likely.bits == bits && likely.rest.equals(rest)
                ? likely
                : table.find(hash, bits, rest);
    }
}
