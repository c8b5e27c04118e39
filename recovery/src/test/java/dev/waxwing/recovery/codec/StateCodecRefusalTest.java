package dev.waxwing.recovery.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.codec.Shop.Chain;
import dev.waxwing.recovery.codec.Shop.Counter;
import dev.waxwing.recovery.codec.Shop.Holder;
import dev.waxwing.recovery.codec.Shop.Inner;
import dev.waxwing.recovery.codec.Shop.Item;
import dev.waxwing.recovery.codec.Shop.NamedCounter;
import dev.waxwing.recovery.codec.Shop.NoConstructor;
import dev.waxwing.recovery.codec.Shop.Positive;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/** What cannot be stored, and what the user is told. */
final class StateCodecRefusalTest {

    @Test
    void classWithoutConstructorIsRefused() {
        refused(NoConstructor.class).hasMessageContaining("no constructor without parameters");
    }

    @Test
    void innerClassIsRefused() {
        refused(Inner.class).hasMessageContaining("inner class; make it static");
    }

    @Test
    void classOfTheJdkIsRefused() {
        refused(Random.class).hasMessageContaining("java.util.Random").hasMessageContaining("JDK");
    }

    @Test
    void endlessTypeArgumentsAreRefused() {
        refused(Endless.class).hasMessageContaining("grow without end");
    }

    @Test
    void openTypeOfWhichNoClassIsKnownIsRefused() {
        refused(Priced.class)
                .hasMessageContaining(Price.class.getName() + " cannot be stored")
                .hasMessageContaining("open interface of which no class is known")
                .hasMessageContaining("make it sealed");
        refused(new TypeToken<List<java.io.InputStream>>() {}.type())
                .hasMessageContaining("an abstract class of which no class is known");
        refused(java.util.concurrent.ConcurrentMap.class).hasMessageContaining("ConcurrentMap");
    }

    @Test
    void openTypeWithAKnownClassIsStored() {
        CodecRegistry registry = CodecRegistry.empty().with("fixed", FixedPrice.class);
        StateCodec codec = StateCodec.of(Priced.class, registry);
        Priced priced = new Priced(new FixedPrice(3), 4, "c");

        assertThat(codec.decode(codec.encode(priced))).isEqualTo(priced);
    }

    @Test
    void unregisteredClassIsNamedWithTheRemedy() {
        refused(Holder.class, new Holder(new Item("a", 1)))
                .hasMessageContaining(Item.class.getName())
                .hasMessageContaining("declare the state's type with state(...), or register");
    }

    @Test
    void subclassOfTheDeclaredClassIsRefused() {
        refused(Counter.class, new NamedCounter("a", 1))
                .hasMessageContaining(Counter.class.getName() + " was declared")
                .hasMessageContaining(NamedCounter.class.getName());
    }

    @Test
    void orderOfOnesOwnIsRefused() {
        TreeSet<String> reversed = new TreeSet<>(Comparator.reverseOrder());

        refused(new TypeToken<TreeSet<String>>() {}.type(), reversed)
                .hasMessageContaining("comparator of its own");
        refused(Object.class, reversed).hasMessageContaining("comparator of its own");
    }

    @Test
    void valueThatContainsItselfIsRefused() {
        List<Object> list = new ArrayList<>();
        list.add(list);

        refused(Object.class, list).hasMessageContaining("contains itself");
    }

    @Test
    void chainThatIsTooLongIsRefused() {
        Chain chain = null;
        for (int i = 0; i < 10_000; i++) {
            chain = new Chain(i, chain);
        }
        Chain tooLong = chain;

        refused(Chain.class, tooLong).hasMessageContaining("keep chains in a list");
    }

    @Test
    void nullIsRefused() {
        assertThatThrownBy(() -> codec(String.class).encode(null))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    void constructorThatNoLongerAcceptsIsNamed() {
        byte[] zero = {0};

        assertThatThrownBy(() -> codec(Positive.class).decode(zero))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining(Positive.class.getName() + ", which refused [0]")
                .hasRootCauseMessage("not positive");
    }

    @Test
    void twoClassesCannotBeRegisteredUnderOneName() {
        assertThatThrownBy(() -> CodecRegistry.empty().with("a", Item.class).with("a", Chain.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("with a name of its own");
    }

    interface Price {}

    record FixedPrice(int cents) implements Price {}

    record Priced(Price price, Number number, Comparable<?> order) {}

    private record Endless<T>(T value, Endless<List<T>> next) {}

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(Type type) {
        return assertThatThrownBy(() -> codec(type)).isInstanceOf(RecoveryException.class);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(
            Type type, Object value) {
        StateCodec codec = codec(type);
        return assertThatThrownBy(() -> codec.encode(value)).isInstanceOf(RecoveryException.class);
    }

    private static StateCodec codec(Type type) {
        return StateCodec.of(type, CodecRegistry.empty());
    }
}
