package dev.waxwing.recovery.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.recovery.codec.Shop.CartState;
import dev.waxwing.recovery.codec.Shop.Chain;
import dev.waxwing.recovery.codec.Shop.Circle;
import dev.waxwing.recovery.codec.Shop.Color;
import dev.waxwing.recovery.codec.Shop.Counter;
import dev.waxwing.recovery.codec.Shop.Empty;
import dev.waxwing.recovery.codec.Shop.Everything;
import dev.waxwing.recovery.codec.Shop.Failed;
import dev.waxwing.recovery.codec.Shop.Fixed;
import dev.waxwing.recovery.codec.Shop.Holder;
import dev.waxwing.recovery.codec.Shop.Item;
import dev.waxwing.recovery.codec.Shop.NamedCounter;
import dev.waxwing.recovery.codec.Shop.Ok;
import dev.waxwing.recovery.codec.Shop.Pair;
import dev.waxwing.recovery.codec.Shop.Result;
import dev.waxwing.recovery.codec.Shop.Shape;
import dev.waxwing.recovery.codec.Shop.Tree;
import dev.waxwing.recovery.codec.Shop.Triangle;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings({"JdkObsolete", "NullOptional"})
final class StateCodecTest {

    private static final ZonedDateTime WINTER =
            ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 5, ZoneId.of("Europe/Berlin"))
                    .withLaterOffsetAtOverlap();

    static Stream<Object> scalars() {
        return Stream.of(
                true,
                (byte) -128,
                (short) -3,
                'ß',
                Integer.MIN_VALUE,
                0,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                1.5f,
                Double.NaN,
                -0.0d,
                "",
                "plain",
                "grüße, 世界 \uD83D\uDE00",
                "lone \uD83D surrogate \uDE00",
                "x".repeat(100_000),
                new UUID(1, -2),
                new BigInteger("-123456789012345678901234567890"),
                new BigDecimal("1.200"),
                Instant.MIN,
                Instant.parse("2024-01-01T00:00:00.000000001Z"),
                Duration.ofSeconds(-5, 3),
                LocalDate.MIN,
                LocalTime.MAX,
                LocalDateTime.MAX,
                ZoneOffset.ofHours(-3),
                OffsetTime.MAX,
                OffsetDateTime.parse("2024-01-01T00:00:00+02:00"),
                WINTER,
                ZoneId.of("Europe/Berlin"),
                Year.of(-44),
                YearMonth.of(2024, 2),
                MonthDay.of(2, 29),
                Period.of(1, -2, 3),
                DayOfWeek.FRIDAY,
                Color.GREEN);
    }

    @ParameterizedTest
    @MethodSource("scalars")
    void scalarComesBackEqual(Object value) {
        Class<?> type = value instanceof Enum<?> e ? e.getDeclaringClass() : value.getClass();

        assertThat(roundTrip(type, value)).isEqualTo(value);
        assertThat(roundTrip(Holder.class, new Holder(value), type)).isEqualTo(new Holder(value));
    }

    @Test
    void collectionsComeBackInOrder() {
        Map<String, Integer> map = new LinkedHashMap<>();
        map.put("z", 1);
        map.put(null, null);
        map.put("a", 2);

        assertThat(roundTrip(new TypeToken<List<String>>() {}, Arrays.asList("b", null, "a")))
                .isEqualTo(Arrays.asList("b", null, "a"));
        assertThat((Map<?, ?>) roundTrip(new TypeToken<Map<String, Integer>>() {}, map))
                .isExactlyInstanceOf(LinkedHashMap.class)
                .isEqualTo(map)
                .satisfies(read -> assertThat(read.keySet().toArray()).isEqualTo(keys(map)));
        assertThat((Set<?>) roundTrip(new TypeToken<Set<Long>>() {}, Set.of(3L)))
                .isExactlyInstanceOf(LinkedHashSet.class)
                .isEqualTo(Set.of(3L));
    }

    @Test
    void declaredCollectionClassesComeBackAsSuch() {
        assertThat(roundTrip(new TypeToken<TreeSet<Long>>() {}, new TreeSet<>(Set.of(2L, 1L))))
                .isExactlyInstanceOf(TreeSet.class);
        assertThat(
                        roundTrip(
                                new TypeToken<TreeMap<Long, Long>>() {},
                                new TreeMap<>(Map.of(2L, 1L))))
                .isExactlyInstanceOf(TreeMap.class);
        assertThat(roundTrip(new TypeToken<HashMap<Long, Long>>() {}, new HashMap<>()))
                .isExactlyInstanceOf(HashMap.class);
        assertThat(roundTrip(new TypeToken<HashSet<Long>>() {}, new HashSet<>(Set.of(1L))))
                .isExactlyInstanceOf(HashSet.class);
        assertThat(roundTrip(new TypeToken<LinkedList<Long>>() {}, new LinkedList<>(List.of(1L))))
                .isExactlyInstanceOf(LinkedList.class);
        assertThat((Deque<?>) roundTrip(new TypeToken<Deque<Long>>() {}, deque(1L, 2L)))
                .isExactlyInstanceOf(ArrayDeque.class)
                .satisfies(read -> assertThat(read.toArray()).containsExactly(1L, 2L));
    }

    @Test
    void arraysComeBack() {
        assertThat(roundTrip(byte[].class, new byte[] {1, -1})).isEqualTo(new byte[] {1, -1});
        assertThat(roundTrip(int[].class, new int[] {1, -1})).isEqualTo(new int[] {1, -1});
        assertThat(roundTrip(long[].class, new long[] {1L << 60})).isEqualTo(new long[] {1L << 60});
        assertThat(roundTrip(double[].class, new double[] {.5})).isEqualTo(new double[] {.5});
        assertThat(roundTrip(float[].class, new float[] {.5f})).isEqualTo(new float[] {.5f});
        assertThat(roundTrip(boolean[].class, new boolean[] {true}))
                .isEqualTo(new boolean[] {true});
        assertThat(roundTrip(char[].class, new char[] {'x'})).isEqualTo(new char[] {'x'});
        assertThat(roundTrip(short[].class, new short[] {-9})).isEqualTo(new short[] {-9});
        assertThat(roundTrip(String[].class, new String[] {"a", null}))
                .isEqualTo(new String[] {"a", null});
        assertThat(roundTrip(Item[][].class, new Item[][] {{new Item("a", 1)}, null}))
                .isEqualTo(new Item[][] {{new Item("a", 1)}, null});
    }

    @Test
    void recordWithAllKindsOfComponentsComesBack() {
        Everything full =
                new Everything(
                        true,
                        (byte) 1,
                        (short) 2,
                        'c',
                        3,
                        4L,
                        5f,
                        6d,
                        7,
                        "text",
                        Color.RED,
                        Optional.of("some"),
                        Map.of("k", new ArrayList<>(List.of(1L))));
        Everything nulls =
                new Everything(
                        false, (byte) 0, (short) 0, '\0', 0, 0L, 0f, 0d, null, null, null, null,
                        null);

        assertThat(roundTrip(Everything.class, full)).isEqualTo(full);
        assertThat(roundTrip(Everything.class, nulls)).isEqualTo(nulls);
        assertThat(roundTrip(Empty.class, new Empty())).isEqualTo(new Empty());
    }

    @Test
    void recursiveTypesComeBack() {
        Tree leaf = new Tree("leaf", List.of(), new Tree("parent", null, null));
        Tree root = new Tree("root", List.of(leaf, leaf), null);

        assertThat(roundTrip(Tree.class, root)).isEqualTo(root);
        assertThat(roundTrip(Chain.class, chain(190))).isEqualTo(chain(190));
    }

    @Test
    void genericRecordsKnowTheirArguments() {
        Pair<String, List<Item>> pair = new Pair<>("a", List.of(new Item("b", 1)));
        StateCodec codec = codec(new TypeToken<Pair<String, List<Item>>>() {}.type());

        assertThat(codec.decode(codec.encode(pair))).isEqualTo(pair);
        assertThat(codec.schemaText()).contains("\"first\":\"String\"").doesNotContain("any");
    }

    @Test
    void sealedTypesComeBackAsTheirCases() {
        List<Shape> shapes = Arrays.asList(new Circle(1), new Triangle(3, 4, 5), Fixed.UNIT, null);
        List<Result<Item>> results = List.of(new Ok<>(new Item("a", 1)), new Failed<>("why"));

        assertThat(roundTrip(new TypeToken<List<Shape>>() {}, shapes)).isEqualTo(shapes);
        assertThat(roundTrip(new TypeToken<List<Result<Item>>>() {}, results)).isEqualTo(results);
        assertThat(roundTrip(Shape.class, new Circle(2))).isEqualTo(new Circle(2));
    }

    @Test
    void plainClassComesBackWithAllButItsTransientFields() {
        Counter counter = (Counter) roundTrip(Counter.class, Counter.of(5, "a", "b"));

        assertThat(counter.count()).isEqualTo(5);
        assertThat(counter.seen()).containsExactly("a", "b");
        assertThat(counter.cache()).isEqualTo(7);
    }

    @Test
    void fieldsOfTheSuperclassAreStoredToo() {
        NamedCounter counter = new NamedCounter("name", 3);
        counter.seen().add("seen");

        NamedCounter read = (NamedCounter) roundTrip(NamedCounter.class, counter);

        assertThat(read).isEqualTo(counter);
        assertThat(read.seen()).containsExactly("seen");
    }

    @Test
    void valuesWithoutADeclaredTypeCarryTheirs() {
        List<Object> values = new ArrayList<>();
        values.add(Map.of("a", List.of(1, 2L, "three")));
        values.add(new TreeMap<>(Map.of(1, Optional.of('x'))));
        values.add(new TreeSet<>(Set.of("x")));
        values.add(Set.of(Color.GREEN));
        values.add(null);
        values.add(new Item("a", 1));

        assertThat(roundTrip(List.class, values, Item.class, Color.class)).isEqualTo(values);
        assertThat(roundTrip(Holder.class, new Holder(new Holder(1))))
                .isEqualTo(new Holder(new Holder(1)));
        Holder array = (Holder) roundTrip(Holder.class, new Holder(new long[] {1}));
        assertThat(array.anything()).isEqualTo(new long[] {1});
        Holder objects = (Holder) roundTrip(Holder.class, new Holder(new Object[] {1, "a"}));
        assertThat(objects.anything()).isEqualTo(new Object[] {1, "a"});
    }

    @Test
    void registeredNameIsWhatIsStored() {
        CodecRegistry registry = CodecRegistry.empty().with("thing", Item.class);

        assertThat(StateCodec.of(Object.class, registry).schemaText()).contains("\"thing\"");
    }

    @Test
    void schemaTextIsStable() {
        assertThat(codec(CartState.class).schemaText())
                .isEqualTo(
                        "{\"root\":0,\"types\":[{\"record\":\"CartState\",\"components\":{\"items\":"
                                + "{\"List\":1},\"expires\":\"Instant\"}},{\"record\":\"Item\","
                                + "\"components\":{\"sku\":\"String\",\"n\":\"int\"}}]}");
    }

    @Test
    void onlyWhatCannotChangeIsDeeplyImmutable() {
        assertThat(codec(Item.class).isDeeplyImmutable()).isTrue();
        assertThat(codec(Shape.class).isDeeplyImmutable()).isTrue();
        assertThat(codec(String.class).isDeeplyImmutable()).isTrue();
        assertThat(codec(Chain.class).isDeeplyImmutable()).isTrue();
        assertThat(codec(CartState.class).isDeeplyImmutable()).isFalse();
        assertThat(codec(byte[].class).isDeeplyImmutable()).isFalse();
        assertThat(codec(int[].class).isDeeplyImmutable()).isFalse();
        assertThat(codec(Holder.class).isDeeplyImmutable()).isFalse();
        assertThat(codec(Counter.class).isDeeplyImmutable()).isFalse();
    }

    @Test
    void onlyWhatHasOneEncodingIsFitForKeys() {
        assertThat(codec(CartState.class).isFitForKeys()).isTrue();
        assertThat(codec(Long.class).isFitForKeys()).isTrue();
        assertThat(codec(Set.class).isFitForKeys()).isFalse();
        assertThat(codec(Object.class).isFitForKeys()).isFalse();
    }

    @Test
    void smallValuesAreFewBytes() {
        assertThat(codec(Long.class).encode(5L)).hasSize(1);
        assertThat(codec(String.class).encode("abc")).hasSize(4);
        assertThat(codec(Item.class).encode(new Item("abc", 5))).hasSize(5);
    }

    private static Object[] keys(Map<?, ?> map) {
        return map.keySet().toArray();
    }

    private static Deque<Long> deque(Long... elements) {
        return new ArrayDeque<>(List.of(elements));
    }

    private static Chain chain(int length) {
        Chain chain = null;
        for (int i = 0; i < length; i++) {
            chain = new Chain(i, chain);
        }
        return chain;
    }

    private static StateCodec codec(Type type) {
        return StateCodec.of(type, CodecRegistry.empty());
    }

    private static Object roundTrip(TypeToken<?> token, Object value) {
        return roundTrip(token.type(), value);
    }

    private static Object roundTrip(Type type, Object value, Class<?>... registered) {
        boolean canRegister = registered.length > 0 && ScalarType.of(registered[0]) == null;
        CodecRegistry registry = CodecRegistry.empty();
        StateCodec codec = StateCodec.of(type, canRegister ? registry.with(registered) : registry);
        return codec.decode(codec.encode(value));
    }
}
