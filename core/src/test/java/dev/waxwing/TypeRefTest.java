package dev.waxwing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
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

        assertThat(type.type().getTypeName()).contains("List").contains("String");
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
