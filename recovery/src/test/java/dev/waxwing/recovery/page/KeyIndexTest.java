package dev.waxwing.recovery.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys whose objects share a hash do not share one as bytes. */
final class KeyIndexTest {

    private static final int KEYS = 1 << 15;

    @SuppressWarnings("ImmutableEnumChecker") // lambdas that capture nothing
    private enum Pattern {
        EQUAL_HALVES(i -> number(i, i, ByteOrder.BIG_ENDIAN)),
        EQUAL_HALVES_REVERSED(i -> number(i, i, ByteOrder.LITTLE_ENDIAN)),
        NEGATED_HALVES(i -> number(i, -i, ByteOrder.LITTLE_ENDIAN)),
        UPPER_HALVES(i -> number(i, 0, ByteOrder.BIG_ENDIAN)),
        TEXTS_OF_ONE_HASH(KeyIndexTest::text);

        private final IntFunction<byte[]> key;

        Pattern(IntFunction<byte[]> key) {
            this.key = key;
        }
    }

    @ParameterizedTest
    @EnumSource
    void hashesOfBytesDiffer(Pattern pattern) {
        var index = new KeyIndex();
        Set<Integer> hashes = new HashSet<>();
        for (var i = 0; i < KEYS; i++) {
            byte[] key = pattern.key.apply(i);
            hashes.add(KeyIndex.hash(key, 0, key.length) & (4 * KEYS - 1));
            assertThat(index.put(key, 0, key.length, i)).isEqualTo(-1);
        }

        assertThat(hashes)
                .as("places of %d in a table of four times as many", KEYS)
                .hasSizeGreaterThan(KEYS * 3 / 4);
        byte[] last = pattern.key.apply(KEYS - 1);
        assertThat(index.get(last, 0, last.length)).isEqualTo(KEYS - 1);
    }

    private static byte[] number(int upper, int lower, ByteOrder order) {
        long number = ((long) upper << 32) | (lower & 0xffffffffL);
        return ByteBuffer.allocate(Long.BYTES).order(order).putLong(number).array();
    }

    private static byte[] text(int i) {
        var text = new StringBuilder();
        for (var bit = 0; bit < 15; bit++) {
            text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
