package dev.waxwing.recovery.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.recovery.GenericObject;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.StateMigration;
import java.io.IOException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What may change between two versions of a program. */
final class SchemaEvolutionTest {

    @Test
    void sameTypeIsCompatible() {
        assertThat(verdict(V1.CartState.class, V1.CartState.class))
                .isInstanceOf(SchemaVerdict.Compatible.class);
    }

    @Test
    void renamedClassIsCompatible() {
        record Basket(int total, String name) {}

        assertThat(read(V1.CartState.class, new V1.CartState(1, "a"), Basket.class))
                .isEqualTo(new Basket(1, "a"));
        assertThat(verdict(V1.CartState.class, Basket.class))
                .isInstanceOf(SchemaVerdict.Compatible.class);
    }

    @Test
    void addedComponentsAreZeroOrNull() {
        assertThat(read(V1.CartState.class, new V1.CartState(1, "a"), V2.CartState.class))
                .isEqualTo(new V2.CartState(1, "a", 0, null));
        assertThat(changes(V1.CartState.class, V2.CartState.class))
                .containsExactly(
                        "component 'added' of CartState was added and is 0 in what was stored"
                                + " before",
                        "component 'boxed' of CartState was added and is null in what was stored"
                                + " before");
    }

    @Test
    void addedFieldOfAClassIsWhatItsConstructorSets() {
        V2.Counter counter =
                (V2.Counter) read(V1.Counter.class, new V1.Counter(), V2.Counter.class);

        assertThat(counter.name).isEqualTo("from the constructor");
    }

    @Test
    void removedComponentsAreSkipped() {
        V2.CartState cart = new V2.CartState(1, "a", 2, 3);

        assertThat(read(V2.CartState.class, cart, V1.CartState.class))
                .isEqualTo(new V1.CartState(1, "a"));
        assertThat(changes(V2.CartState.class, V1.CartState.class))
                .contains("component 'added' of CartState was removed");
    }

    @Test
    void changesWithinPartsAreFound() {
        V1.Outer outer = new V1.Outer(List.of(new V1.CartState(1, "a")), true);

        assertThat(read(V1.Outer.class, outer, V2.Outer.class))
                .isEqualTo(new V2.Outer(List.of(new V2.CartState(1, "a", 0, null))));
    }

    @Test
    void numbersAreWidened() {
        V1.Numbers numbers = new V1.Numbers((byte) 1, 2, 3.5f, 4, 5, new int[] {6});

        V2.Numbers read = (V2.Numbers) read(V1.Numbers.class, numbers, V2.Numbers.class);

        assertThat(read)
                .usingRecursiveComparison()
                .isEqualTo(
                        new V2.Numbers(
                                (short) 1, 2L, 3.5, 4, BigDecimal.valueOf(5), new long[] {6}));
    }

    @Test
    void wholeValuesAreWidened() {
        assertThat(read(Integer.class, -5, Long.class)).isEqualTo(-5L);
        assertThat(read(Integer.class, -5, Double.class)).isEqualTo(-5.0);
        assertThat(read(Long.class, 5L, BigInteger.class)).isEqualTo(BigInteger.valueOf(5));
        assertThat(read(BigInteger.class, BigInteger.ONE, BigDecimal.class))
                .isEqualTo(BigDecimal.ONE);
    }

    @Test
    void whatLosesSomethingIsIncompatible() {
        assertThat(problems(Long.class, Integer.class))
                .containsExactly("it was Long and is now Integer");
        assertThat(problems(Long.class, Double.class)).isNotEmpty();
        assertThat(problems(Double.class, Float.class)).isNotEmpty();
        assertThat(problems(Integer.class, Float.class)).isNotEmpty();
        assertThat(problems(Integer.class, String.class)).isNotEmpty();
        assertThat(problems(Boolean.class, Integer.class)).isNotEmpty();
        assertThat(problems(V1.CartState.class, String.class))
                .containsExactly("it was CartState and is now String");
        assertThat(
                        problems(
                                new TypeToken<List<String>>() {}.type(),
                                new TypeToken<Set<String>>() {}.type()))
                .containsExactly("it was List<String> and is now Set<String>");
    }

    @Test
    void whatMayBeNullCannotBecomePrimitive() {
        record Boxed(Integer n) {}
        record Plain(int n) {}

        assertThat(problems(Boxed.class, Plain.class))
                .containsExactly("component 'n' of Plain was Integer and is now int");
        assertThat(read(Plain.class, new Plain(3), Boxed.class)).isEqualTo(new Boxed(3));
    }

    @Test
    void incompatibleComponentIsNamedWithTheRemedy() {
        SchemaVerdict.Incompatible verdict =
                (SchemaVerdict.Incompatible) verdict(V1.CartState.class, V3.CartState.class);

        assertThat(verdict.message("state 'state' of step 'shop.cart'"))
                .isEqualTo(
                        "state 'state' of step 'shop.cart': component 'total' of CartState was int"
                                + " and is now String; give a migration function or restore the old"
                                + " type");
    }

    @Test
    void setBecomesListAndKindsOfListsMayChange() {
        Type set = new TypeToken<Set<String>>() {}.type();
        Type list = new TypeToken<List<String>>() {}.type();

        assertThat(read(set, new LinkedHashSet<>(List.of("b", "a")), list))
                .isEqualTo(List.of("b", "a"));
    }

    @Test
    void constantsMayBeAddedAndReordered() {
        assertThat(read(V1.Color.class, V1.Color.BLUE, V2.Color.class)).isEqualTo(V2.Color.BLUE);
    }

    @Test
    void removedConstantIsIncompatible() {
        assertThat(problems(V1.Color.class, V3.Color.class))
                .containsExactly("constant BLUE of Color no longer exists");
    }

    @Test
    void casesMayBeAddedAndChanged() {
        assertThat(read(V1.Shape.class, new V1.Circle(2), V2.Shape.class))
                .isEqualTo(new V2.Circle(2));
    }

    @Test
    void removedCaseIsIncompatible() {
        assertThat(problems(V1.Shape.class, V3.Shape.class))
                .containsExactly("case Square of Shape no longer exists");
    }

    @Test
    void recursiveTypesMayChange() {
        V1.Node nodes = new V1.Node(1, new V1.Node(2, null));

        assertThat(read(V1.Node.class, nodes, V2.Node.class))
                .isEqualTo(new V2.Node(1, new V2.Node(2, null)));
    }

    @Test
    void valuesWithoutADeclaredTypeFollowTheirClasses() {
        CodecRegistry before = CodecRegistry.empty().with("cart", V1.CartState.class);
        CodecRegistry after = CodecRegistry.empty().with("cart", V2.CartState.class);
        StateCodec stored = StateCodec.of(Object.class, before);
        StateCodec now = StateCodec.of(Object.class, after);

        SchemaVerdict.Adapted verdict = (SchemaVerdict.Adapted) now.reader(stored.schemaText());

        assertThat(verdict.reader().decode(stored.encode(List.of(new V1.CartState(1, "a")))))
                .isEqualTo(List.of(new V2.CartState(1, "a", 0, null)));
    }

    @Test
    void classThatIsNoLongerKnownIsAnErrorOnlyIfItOccurs() {
        CodecRegistry before = CodecRegistry.empty().with("cart", V1.CartState.class);
        StateCodec stored = StateCodec.of(Object.class, before);
        StateCodec now = StateCodec.of(Object.class, CodecRegistry.empty());
        SchemaVerdict.Adapted verdict = (SchemaVerdict.Adapted) now.reader(stored.schemaText());

        assertThat(verdict.reader().decode(stored.encode("text"))).isEqualTo("text");
        assertThatThrownBy(() -> verdict.reader().decode(stored.encode(new V1.CartState(1, "a"))))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("is a cart, which is no longer known; register the class");
    }

    @Test
    void migrationGetsWhatWasStored() {
        StateCodec stored = codec(V1.CartState.class);
        StateReader reader =
                codec(V3.CartState.class)
                        .migratingReader(
                                stored.schemaText(),
                                old -> {
                                    GenericObject cart = (GenericObject) old;
                                    return new V3.CartState(
                                            "" + cart.get("total"), (String) cart.get("name"));
                                });

        assertThat(reader.decode(stored.encode(new V1.CartState(7, "a"))))
                .isEqualTo(new V3.CartState("7", "a"));
    }

    @Test
    void migrationThatThrowsIsTheCause() {
        var boom = new IOException("boom");

        assertThatThrownBy(
                        () ->
                                migrated(
                                        old -> {
                                            throw boom;
                                        }))
                .isInstanceOf(RecoveryException.class)
                .hasMessage(
                        "the migration function threw java.io.IOException: boom; make it cover this"
                                + " value, or restore the old type")
                .hasCause(boom);
    }

    @Test
    void migrationMustNotReturnNull() {
        assertThatThrownBy(() -> migrated(old -> null))
                .isInstanceOf(RecoveryException.class)
                .hasMessage("the migration function returned null; return a value of today's type");
    }

    @Test
    void migrationMustReturnTodaysType() {
        assertThatThrownBy(() -> migrated(old -> "7"))
                .isInstanceOf(RecoveryException.class)
                .hasMessageStartingWith(
                        "the migration function returned a java.lang.String, which cannot be stored"
                                + " as CartState (")
                .hasMessageEndingWith("); return a value of today's type");
    }

    @Test
    void damagedSchemaIsRefused() {
        for (String text : List.of("", "{", "{}", "{\"root\":0}", "{\"root\":\"Nope\"}", "[]")) {
            assertThatThrownBy(() -> codec(String.class).reader(text))
                    .as(text)
                    .isInstanceOf(RecoveryException.class);
        }
    }

    private static Object migrated(StateMigration migration) {
        StateCodec stored = codec(V1.CartState.class);
        return codec(V3.CartState.class)
                .migratingReader(stored.schemaText(), migration)
                .decode(stored.encode(new V1.CartState(7, "a")));
    }

    private static SchemaVerdict verdict(Type before, Type now) {
        return codec(now).reader(codec(before).schemaText());
    }

    private static List<String> changes(Type before, Type now) {
        return ((SchemaVerdict.Adapted) verdict(before, now)).changes();
    }

    private static List<String> problems(Type before, Type now) {
        return ((SchemaVerdict.Incompatible) verdict(before, now)).problems();
    }

    private static Object read(Type before, Object value, Type now) {
        byte[] stored = codec(before).encode(value);
        SchemaVerdict verdict = verdict(before, now);
        return verdict instanceof SchemaVerdict.Adapted adapted
                ? adapted.reader().decode(stored)
                : ((SchemaVerdict.Compatible) verdict).reader().decode(stored);
    }

    private static StateCodec codec(Type type) {
        return StateCodec.of(type, CodecRegistry.empty());
    }
}
