package dev.waxwing.recovery.sqlite;

import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.codec.ByteOutput;
import dev.waxwing.recovery.codec.SchemaText;
import dev.waxwing.recovery.codec.SchemaVerdict;
import dev.waxwing.recovery.codec.StateCodec;
import dev.waxwing.recovery.page.PageCursor;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.recovery.page.StatePage;
import dev.waxwing.recovery.store.EpochSnapshot;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.recovery.store.StoreOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A process that stores pages which nothing but their content is wrong of, and reads them: every
 * checksum is right, as the store has made them all. Run with little memory, of which a store's
 * schemas take as much as they are long; so each store has few epochs.
 */
final class HostilePages {

    /** No type and no registry leads to it. */
    record Trap(String command) {}

    record Known(int n) {}

    record Node(int n, List<Node> list, Node[] array, Object any) {}

    record Root(List<Everything> many, Map<Item, Shape> shapes, Tree tree, Object any) {}

    record Item(String sku, int n) {}

    record Tree(String name, List<Tree> children, Tree parent) {}

    enum Color {
        RED,
        GREEN
    }

    record Everything(
            boolean flag,
            byte tiny,
            short small,
            char letter,
            int whole,
            long large,
            float rough,
            double fine,
            Integer maybe,
            String text,
            Color color,
            Optional<String> option,
            Map<String, List<Long>> map) {}

    sealed interface Shape permits Circle, Polygon, Fixed {}

    record Circle(double radius) implements Shape {}

    sealed interface Polygon extends Shape permits Triangle {}

    record Triangle(int a, int b, int c) implements Polygon {}

    enum Fixed implements Shape {
        UNIT
    }

    /* How the format marks what has parts, where no type is declared. */
    private static final int OPTIONAL = 40;
    private static final int OBJECT_ARRAY = 41;
    private static final int MAP = 42;
    private static final int SEQUENCE = 44;

    private static final int EPOCHS_A_STORE = 12;
    private static final int PAGES_AN_EPOCH = 40;
    private static final int BYTES_MAX = 300_000;
    private static final int MESSAGE_MAX = 10_000;
    private static final CodecRegistry REGISTRY = CodecRegistry.empty().with(Known.class);
    private static final List<StateCodec> CODECS =
            List.of(
                    StateCodec.of(Object.class, REGISTRY),
                    StateCodec.of(Node.class, REGISTRY),
                    StateCodec.of(Shape.class, REGISTRY),
                    StateCodec.of(Root.class, REGISTRY),
                    StateCodec.of(long[].class, REGISTRY));

    private final Random random;
    private final RecoveryStore store;
    private int refused;
    private int read;

    private HostilePages(Random random, RecoveryStore store) {
        this.random = random;
        this.store = store;
    }

    public static void main(String[] arguments) {
        long seed = Long.parseLong(arguments[1]);
        int stores = Integer.parseInt(arguments[2]);
        Random random = new Random(seed);
        for (int i = 0; i < stores; i++) {
            try (RecoveryStore store =
                    SqliteRecoveryStore.open(
                            Path.of(arguments[0] + i), "hostile", StoreOptions.defaults())) {
                HostilePages pages = new HostilePages(random, store);
                for (int epoch = 1; epoch <= EPOCHS_A_STORE; epoch++) {
                    pages.run(epoch);
                }
                System.out.println("refused " + pages.refused + ", read " + pages.read);
            }
        }
    }

    private void run(long epoch) {
        List<StatePage> pages = new ArrayList<>();
        for (int i = 0; i < PAGES_AN_EPOCH; i++) {
            StateCodec codec = CODECS.get(random.nextInt(CODECS.size()));
            String schema =
                    random.nextInt(4) == 0
                            ? new HostileSchemas(random).of(codec.schemaText())
                            : codec.schemaText();
            int number = store.schemaId(schema);
            byte[] data = page();
            pages.add(
                    new StatePage(
                            new StateId("flow.step-" + i, "state"),
                            number,
                            number,
                            entries(),
                            data));
        }
        store.decide(new EpochSnapshot(epoch, pages, Map.of()));
        expectRefusals(() -> store.restore(epoch, this::read));
        pages.forEach(this::read);
    }

    private int entries() {
        return random.nextInt(5) == 0 ? 1 + random.nextInt(Integer.MAX_VALUE) : 1;
    }

    /* One entry, or something like it. */
    private byte[] page() {
        ByteOutput page = new ByteOutput();
        byte[] value = value();
        page.writeVarInt(1);
        page.writeByte(random.nextInt(256));
        page.writeVarInt(random.nextInt(8) == 0 ? random.nextInt() : value.length + 1);
        page.write(value, 0, value.length);
        return page.toByteArray();
    }

    private byte[] value() {
        ByteOutput out = new ByteOutput();
        int bytes = random.nextInt(3) == 0 ? BYTES_MAX : 1 + random.nextInt(200);
        int kind = random.nextInt(6);
        while (out.size() < bytes) {
            switch (kind) {
                case 0 -> nested(out, SEQUENCE + random.nextInt(4), bytes);
                case 1 -> nested(out, OBJECT_ARRAY, bytes);
                case 2 -> nested(out, MAP, bytes);
                case 3 -> out.writeByte(OPTIONAL);
                case 4 -> nested(out, random.nextInt(60), bytes);
                default -> out.writeByte(random.nextInt(256));
            }
            if (random.nextInt(40) == 0) {
                kind = random.nextInt(6);
            }
        }
        return out.toByteArray();
    }

    /* A part that says that it has as many parts as there are bytes left. */
    private void nested(ByteOutput out, int tag, int bytes) {
        out.writeVarInt(tag);
        int left = Math.max(1, bytes - out.size() - 6);
        out.writeVarInt(random.nextInt(10) == 0 ? random.nextInt() : left);
    }

    private void read(StatePage page) {
        expectRefusals(
                () -> {
                    PageCursor entry = page.cursor();
                    while (entry.next()) {
                        byte[] value = entry.value();
                        if (value != null) {
                            decode(store.schema(page.valueSchema()), value);
                        }
                    }
                });
    }

    private void decode(String schema, byte[] value) {
        expectRefusals(() -> SchemaText.of(schema).toText(value));
        for (StateCodec codec : CODECS) {
            expectRefusals(() -> codec.decode(value));
            expectRefusals(() -> readAs(codec, schema, value));
        }
    }

    private static void readAs(StateCodec codec, String schema, byte[] value) {
        SchemaVerdict verdict = codec.reader(schema);
        if (verdict instanceof SchemaVerdict.Compatible same) {
            same.reader().decode(value);
        } else if (verdict instanceof SchemaVerdict.Adapted adapted) {
            adapted.reader().decode(value);
        }
    }

    /* Whatever else is thrown ends the process. */
    private void expectRefusals(Runnable reading) {
        try {
            reading.run();
            read++;
        } catch (RecoveryException refusal) {
            refused++;
            String message = String.valueOf(refusal.getMessage());
            if (message.isBlank() || message.length() > MESSAGE_MAX) {
                throw new IllegalStateException("a message of " + message.length(), refusal);
            }
        }
    }
}
