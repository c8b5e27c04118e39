package dev.waxwing.testing.operators;

import dev.waxwing.Keyed;
import dev.waxwing.KeyedStream;
import dev.waxwing.Stream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * What an operator means on any runner: {@code given(1, 2, 3).through(numbers ->
 * numbers.filter("even", n -> n % 2 == 0)).expect(2)}.
 *
 * <p>The author of a spec writes the given items, a dataflow and the expected items; every
 * expectation is checked in each of the runner's {@linkplain SpecMode modes}. The dataflow is named
 * {@code flow}.
 */
public abstract class OperatorSpec {

    /** For subclasses in the module of a runner. */
    protected OperatorSpec() {}

    /** The runner that is to conform. */
    protected abstract SpecRunner runner();

    /** A plain stream of items; {@linkplain dev.waxwing.testing.TestItems marks} among them. */
    protected final <T> Given<T> given(T first, Object... rest) {
        return givenAll(elements(first, rest));
    }

    /** As {@link #given}, of a list, which may be empty or begin with a mark. */
    protected final <T> Given<T> givenAll(List<?> elements) {
        return new Given<>(this, elements);
    }

    /** A keyed stream; marks among the pairs. */
    protected final <K, V> GivenKeyed<K, V> givenKeyed(Keyed<K, V> first, Object... rest) {
        return new GivenKeyed<>(givenAll(elements(first, rest)));
    }

    /** Runs a test in each of the runner's modes. */
    protected final void inEachMode(Body body) {
        inModes(mode -> true, body);
    }

    /** Runs a test in those of the runner's modes that fit; at least one should. */
    protected final void inModes(Predicate<SpecMode> which, Body body) {
        for (SpecMode mode : runner().modes()) {
            if (which.test(mode)) {
                in(mode, body);
            }
        }
    }

    /** Runs a test in one mode. */
    protected final void in(SpecMode mode, Body body) {
        try (SpecSession session = runner().open(mode)) {
            body.run(new SpecWorld(mode, session));
        } catch (Exception e) {
            throw new AssertionError("failed in " + mode + ": " + e, e);
        } catch (AssertionError e) {
            throw new AssertionError("failed in " + mode + ": " + e.getMessage(), e);
        }
    }

    /** For functions that are to fail. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // it never returns
    protected static <R> R failWith(String message) {
        throw new IllegalStateException(message);
    }

    /** For functions that return null although they must not. */
    @SuppressWarnings({"TypeParameterUnusedInFormals", "NullAway"}) // a broken promise on purpose
    protected static <R> R nullResult() {
        return null;
    }

    private static List<Object> elements(Object first, Object... rest) {
        List<Object> elements = new ArrayList<>();
        elements.add(first);
        Collections.addAll(elements, rest);
        return elements;
    }

    /** A test in one mode. */
    @FunctionalInterface
    public interface Body {
        void run(SpecWorld world) throws Exception;
    }

    /** The steps between a plain stream and a plain one. */
    @FunctionalInterface
    public interface Steps<T, U> {
        Stream<U> add(Stream<T> stream);
    }

    /** The steps between a plain stream and a keyed one. */
    @FunctionalInterface
    public interface KeyingSteps<T, K, W> {
        KeyedStream<K, W> add(Stream<T> stream);
    }

    /** The steps between a keyed stream and a keyed one. */
    @FunctionalInterface
    public interface KeyedSteps<K, V, L, W> {
        KeyedStream<L, W> add(KeyedStream<K, V> stream);
    }

    /** The steps between a keyed stream and a plain one. */
    @FunctionalInterface
    public interface UnkeyingSteps<K, V, U> {
        Stream<U> add(KeyedStream<K, V> stream);
    }
}
