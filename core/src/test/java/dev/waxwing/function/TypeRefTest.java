package dev.waxwing.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TypeRefTest {

    @Test
    void anonymousSubclassTellsTypeArguments() {
        assertThat(new TypeRef<List<String>>() {}).hasToString("java.util.List<java.lang.String>");
    }

    @Test
    void classIsItsType() {
        assertThat(TypeRef.of(String.class).type()).isEqualTo(String.class);
    }

    @Test
    void argumentsCanBeValues() {
        TypeRef<?> type = TypeRef.parameterized(List.class, List.of(TypeRef.of(String.class)));

        assertThat(type).hasToString("java.util.List<java.lang.String>");
    }

    @Test
    void anonymousSubclassTravelsWithoutTheObjectThatItWasMadeIn() throws Exception {
        var type = new TypeRef<Map<String, List<? extends Number>>>() {};
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(type);
        }

        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject())
                    .hasToString(
                            "java.util.Map<java.lang.String, java.util.List<java.lang.Number>>");
        }
    }

    @Test
    @SuppressWarnings("rawtypes")
    void subclassWithoutAnArgumentIsRefused() {
        TypeRef<?> raw = new TypeRef() {};

        assertThatIllegalStateException()
                .isThrownBy(raw::type)
                .withMessageContaining("must name its type argument");
    }
}
