package dev.waxwing.recovery.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.recovery.codec.Shop.CartState;
import dev.waxwing.recovery.codec.Shop.Color;
import dev.waxwing.recovery.codec.Shop.Item;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SchemaTextTest {

    @Test
    void objectShowsItsComponents() {
        CartState cart =
                new CartState(List.of(new Item("a", 2)), Instant.parse("2024-01-01T00:00:00Z"));

        assertThat(text(CartState.class, cart))
                .isEqualTo("CartState{items=[Item{sku=\"a\", n=2}], expires=2024-01-01T00:00:00Z}");
    }

    @Test
    void textAsAWholeStandsWithoutQuotes() {
        assertThat(text(String.class, "a \"b\"")).isEqualTo("a \"b\"");
    }

    @Test
    void textWithinAValueIsQuoted() {
        assertThat(text(Item.class, new Item("a \"b\"\n", 1)))
                .isEqualTo("Item{sku=\"a \\\"b\\\"\\u000a\", n=1}");
    }

    @Test
    void otherValuesAreShown() {
        assertThat(text(byte[].class, new byte[] {1, -1})).isEqualTo("0x01ff");
        assertThat(text(long[].class, new long[] {1, 2})).isEqualTo("[1, 2]");
        assertThat(text(Color.class, Color.RED)).isEqualTo("RED");
        assertThat(text(Object.class, Optional.of(5))).isEqualTo("5");
        assertThat(text(new TypeToken<Map<Integer, String>>() {}.type(), Map.of(1, "a")))
                .isEqualTo("{1=\"a\"}");
        assertThat(text(Item.class, new Item(null, 1))).isEqualTo("Item{sku=null, n=1}");
    }

    private static String text(Type type, Object value) {
        StateCodec codec = StateCodec.of(type, CodecRegistry.empty());
        return SchemaText.toText(codec.schemaText(), codec.encode(value));
    }
}
