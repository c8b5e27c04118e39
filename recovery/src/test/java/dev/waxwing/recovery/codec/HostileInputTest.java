package dev.waxwing.recovery.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.recovery.RecoveryException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes and schemas that no codec has written: refused in words, and in bounded memory. */
final class HostileInputTest {

    @ParameterizedTest
    @ValueSource(ints = {AnyTag.SEQUENCE, AnyTag.OBJECT_ARRAY})
    void countsWithinEachOtherTakeMemoryForWhatIsThereOnly(int tag) {
        int bytes = 4 << 20;
        ByteOutput out = new ByteOutput();
        for (int depth = 0; depth < 400; depth++) {
            out.writeVarInt(tag);
            out.writeVarInt(bytes / 2);
        }
        byte[] data = Arrays.copyOf(out.toByteArray(), bytes);
        StateCodec codec = StateCodec.of(Object.class, CodecRegistry.empty());

        long before = allocated();
        assertThatThrownBy(() -> codec.decode(data)).isInstanceOf(RecoveryException.class);
        assertThat(allocated() - before).isLessThan(40L * bytes);
    }

    @Test
    void sealedTypeThatIsACaseOfItselfIsRefused() {
        String schema =
                "{\"root\":0,\"types\":[{\"sealed\":\"A\",\"cases\":{\"B\":1}},"
                        + "{\"sealed\":\"B\",\"cases\":{\"A\":0}}]}";

        assertThatThrownBy(() -> SchemaText.of(schema))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("is a case of itself");
    }

    @Test
    void typesWithinEachOtherWithoutEndAreRefused() {
        StringBuilder types = new StringBuilder();
        for (int i = 1; i < 1_000; i++) {
            types.append("{\"record\":\"R\",\"components\":{\"next\":").append(i).append("}},");
        }
        String schema =
                "{\"root\":0,\"types\":[" + types + "{\"record\":\"R\",\"components\":{}}]}";

        assertThatThrownBy(() -> SchemaText.of(schema))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("types within each other");
    }

    @Test
    void textThatNoProgramNeedsIsRefusedBeforeItIsRead() {
        String types = "{\"record\":\"R\",\"components\":{}},".repeat(50_000);
        String schema =
                "{\"root\":\"int\",\"types\":[" + types + "{\"enum\":\"E\",\"constants\":[]}]}";

        long before = allocated();
        assertThatThrownBy(() -> SchemaText.of(schema))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("more than 262144")
                .hasMessageContaining("restore the store from a copy");
        assertThat(allocated() - before).isLessThan(1 << 20);
    }

    @Test
    void typeWhoseSchemaCouldNotBeReadAgainIsRefused() {
        List<String> constants = new ArrayList<>();
        for (int i = 0; i < 60_000; i++) {
            constants.add("C" + i);
        }
        SchemaDocument document =
                new SchemaDocument(
                        new Schema.Named(0),
                        List.of(new Definition.Constants("Many", constants)),
                        Map.of());

        assertThatThrownBy(() -> SchemaJson.write(document))
                .isInstanceOf(RecoveryException.class)
                .hasMessageStartingWith("Many cannot be stored")
                .hasMessageContaining("more than 262144");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"root\":{}}",
                "{\"root\":{\"Map\":[\"int\"]}}",
                "{\"root\":7}",
                "{\"root\":\"any\",\"any\":{\"X\":3}}",
                "[]",
                ""
            })
    void textThatIsNoSchemaIsRefusedInWords(String text) {
        assertThatThrownBy(() -> SchemaText.of(text))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("schema is damaged")
                .hasMessageContaining("restore the store from a copy");
    }

    @Test
    void messageIsShortWhateverIsRefused() {
        String text = "{\"root\":\"" + "x".repeat(1_000_000) + "\"}";

        for (String schema : List.of(text, "x".repeat(1_000_000))) {
            assertThatThrownBy(() -> SchemaText.of(schema))
                    .satisfies(thrown -> assertThat(thrown.getMessage()).hasSizeLessThan(2_000));
        }
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }
}
