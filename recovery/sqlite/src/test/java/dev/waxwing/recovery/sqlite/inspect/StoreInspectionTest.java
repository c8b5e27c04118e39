package dev.waxwing.recovery.sqlite.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.recovery.codec.ByteOutput;
import dev.waxwing.recovery.codec.StateCodec;
import dev.waxwing.recovery.page.PageWriter;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.recovery.page.StatePage;
import dev.waxwing.recovery.sqlite.SqliteRecoveryStore;
import dev.waxwing.recovery.store.EpochSnapshot;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.recovery.store.StoreOptions;
import dev.waxwing.recovery.store.StoreReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store with two epochs, looked at without the classes of its values. */
final class StoreInspectionTest {

    private static final StateId CART = new StateId("shop.cart", "state");

    record Cart(String customer, int total) {}

    @TempDir private Path directory;

    @BeforeEach
    void makeStore() {
        try (RecoveryStore store =
                SqliteRecoveryStore.open(directory, "shop", StoreOptions.defaults())) {
            store.decide(
                    EpochSnapshot.of(
                            1,
                            page(store, Map.of("a", new Cart("ann", 1), "b", new Cart("bob", 2)))));
            PageWriter removal = new PageWriter(CART, 1, 2);
            removal.remove(codec(String.class).encode("b"));
            store.decide(
                    EpochSnapshot.of(
                            2,
                            removal.toPage(),
                            page(store, Map.of("a", new Cart("ann", 9), "c", new Cart("cy", 3)))));
        }
    }

    @Test
    void sqlSeesKeysAndValuesAsText() {
        try (StoreReader reader = SqliteRecoveryStore.read(directory);
                StoreQuery query = StoreQuery.over(reader, 2)) {
            StoreQuery.Result result =
                    query.run("SELECT epoch, step, state, key, value FROM entries ORDER BY key");

            assertThat(result.columns()).containsExactly("epoch", "step", "state", "key", "value");
            assertThat(result.rows())
                    .containsExactly(
                            List.of(
                                    "2",
                                    "shop.cart",
                                    "state",
                                    "a",
                                    "Cart{customer=\"ann\", total=9}"),
                            List.of(
                                    "2",
                                    "shop.cart",
                                    "state",
                                    "c",
                                    "Cart{customer=\"cy\", total=3}"));
            assertThat(query.run("SELECT count(*) FROM epochs WHERE NOT done").rows())
                    .containsExactly(List.of("2"));
        }
    }

    @Test
    void wrongSqlIsToldTheTables() {
        try (StoreReader reader = SqliteRecoveryStore.read(directory);
                StoreQuery query = StoreQuery.over(reader, 2)) {
            assertThatThrownBy(() -> query.run("SELECT x FROM carts"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the tables are entries(epoch, step, state, key, value)");
            assertThatThrownBy(() -> query.run("ATTACH 'x.db' AS x"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void differenceNamesWhatChangedCameAndWent() {
        try (StoreReader reader = SqliteRecoveryStore.read(directory)) {
            assertThat(StoreChange.between(reader, 1, 2))
                    .containsExactly(
                            new StoreChange(
                                    CART,
                                    "a",
                                    "Cart{customer=\"ann\", total=1}",
                                    "Cart{customer=\"ann\", total=9}"),
                            new StoreChange(CART, "b", "Cart{customer=\"bob\", total=2}", null),
                            new StoreChange(CART, "c", null, "Cart{customer=\"cy\", total=3}"));
        }
    }

    @Test
    void summaryTellsSchemasAndCounts() {
        try (StoreReader reader = SqliteRecoveryStore.read(directory)) {
            assertThat(reader.states(2))
                    .singleElement()
                    .satisfies(
                            state -> {
                                assertThat(state.keys()).isEqualTo(2);
                                assertThat(state.keySchema()).contains("String");
                                assertThat(state.valueSchema()).contains("Cart");
                            });
        }
    }

    private static StatePage page(RecoveryStore store, Map<String, Cart> carts) {
        StateCodec keys = codec(String.class);
        StateCodec values = codec(Cart.class);
        PageWriter page =
                new PageWriter(
                        CART,
                        store.schemaId(keys.schemaText()),
                        store.schemaId(values.schemaText()));
        ByteOutput key = new ByteOutput();
        ByteOutput value = new ByteOutput();
        new TreeMap<>(carts)
                .forEach(
                        (name, cart) -> {
                            key.reset();
                            value.reset();
                            keys.encode(name, key);
                            values.encode(cart, value);
                            page.add(key, value);
                        });
        return page.toPage();
    }

    private static StateCodec codec(Class<?> type) {
        return StateCodec.of(type, CodecRegistry.empty());
    }
}
