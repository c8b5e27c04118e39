package dev.waxwing.recovery.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.codec.Shop.Circle;
import dev.waxwing.recovery.codec.Shop.Color;
import dev.waxwing.recovery.codec.Shop.Everything;
import dev.waxwing.recovery.codec.Shop.Fixed;
import dev.waxwing.recovery.codec.Shop.Item;
import dev.waxwing.recovery.codec.Shop.Shape;
import dev.waxwing.recovery.codec.Shop.Tree;
import dev.waxwing.recovery.codec.Shop.Triangle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random values and random damage; a failure prints its seed. */
@SuppressWarnings("NullOptional")
final class StateCodecPropertyTest {

    record Root(List<Everything> many, Map<Item, Shape> shapes, Tree tree, Object any) {}

    private static final StateCodec CODEC = StateCodec.of(Root.class, CodecRegistry.empty());
    private static final int ROUNDS = 300;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void randomValueComesBackEqual(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            Root value = root(random);
            byte[] data = CODEC.encode(value);

            assertThat(CODEC.decode(data)).as("round %d", i).isEqualTo(value);
            assertThat(CODEC.encode(CODEC.decode(data))).isEqualTo(data);
            assertThat(SchemaText.toText(CODEC.schemaText(), data)).startsWith("Root{many=");
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {5, 6, 7, 8})
    void damagedBytesGiveAnErrorOrAValueOfTheType(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] data = CODEC.encode(root(random));
            for (int j = random.nextInt(3); j >= 0; j--) {
                data[random.nextInt(data.length)] = (byte) random.nextInt();
            }
            decodeOrRefuse(data);
            decodeOrRefuse(Arrays.copyOf(data, random.nextInt(data.length)));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {9, 10})
    void randomBytesGiveAnErrorOrAValueOfTheType(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] data = new byte[random.nextInt(40)];
            random.nextBytes(data);
            decodeOrRefuse(data);
        }
    }

    private static void decodeOrRefuse(byte[] data) {
        try {
            assertThat(CODEC.decode(data)).isInstanceOf(Root.class);
        } catch (RecoveryException expected) {
            assertThat(expected).hasMessageMatching("(?s).*(restore|migration|register).*");
        }
    }

    private static Root root(Random random) {
        List<Everything> many = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            many.add(random.nextInt(9) == 0 ? null : everything(random));
        }
        Map<Item, Shape> shapes = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            shapes.put(new Item(text(random), random.nextInt()), shape(random));
        }
        return new Root(many, shapes, tree(random, 4), any(random, 3));
    }

    private static Everything everything(Random random) {
        Map<String, List<Long>> map = new LinkedHashMap<>();
        map.put(text(random), List.of(random.nextLong(), random.nextLong() >> 50));
        return new Everything(
                random.nextBoolean(),
                (byte) random.nextInt(),
                (short) random.nextInt(),
                (char) random.nextInt(),
                random.nextInt() >> random.nextInt(32),
                random.nextLong() >> random.nextInt(64),
                random.nextFloat(),
                random.nextGaussian(),
                random.nextBoolean() ? null : random.nextInt(),
                text(random),
                random.nextBoolean() ? Color.RED : Color.GREEN,
                Optional.ofNullable(text(random)),
                map);
    }

    private static String text(Random random) {
        if (random.nextInt(10) == 0) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        int range = random.nextBoolean() ? 128 : 65_536;
        for (int i = random.nextInt(100); i > 0; i--) {
            text.append((char) random.nextInt(range));
        }
        return text.toString();
    }

    private static Shape shape(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new Circle(random.nextDouble());
            case 1 -> new Triangle(random.nextInt(), 4, 5);
            case 2 -> Fixed.UNIT;
            default -> null;
        };
    }

    private static Tree tree(Random random, int depth) {
        List<Tree> children = new ArrayList<>();
        for (int i = depth == 0 ? 0 : random.nextInt(3); i > 0; i--) {
            children.add(tree(random, depth - 1));
        }
        return new Tree(text(random), children, null);
    }

    private static Object any(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> random.nextLong();
            case 1 -> text(random);
            case 2 -> new Item(text(random), 1);
            case 3 -> Color.GREEN;
            case 4 -> Arrays.asList(any(random, depth - 1), any(random, depth - 1));
            default -> Optional.ofNullable(any(random, depth - 1));
        };
    }
}
