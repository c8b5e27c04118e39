package dev.waxwing.testing.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waxwing.Dataflow;
import dev.waxwing.Keyed;
import dev.waxwing.Stream;
import dev.waxwing.step.StepFailedException;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What comes out of a spec's dataflow, in each of the runner's modes.
 *
 * <p>The dataflow is executed once, and once more for each {@code endOfInput()} among the elements.
 *
 * @param <U> item
 */
public final class Outcome<U> {

    private final OperatorSpec spec;
    private final List<?> elements;
    private final Ending<U> ending;
    private final boolean keyed;
    private final Predicate<SpecMode> modes;

    Outcome(
            OperatorSpec spec,
            List<?> elements,
            Ending<U> ending,
            boolean keyed,
            Predicate<SpecMode> modes) {
        this.spec = spec;
        this.elements = elements;
        this.ending = ending;
        this.keyed = keyed;
        this.modes = modes;
    }

    /** Adds the tested steps and the sink. */
    interface Ending<U> {
        void add(Stream<?> stream, TestSink<U> sink);
    }

    /** In those of the runner's modes only. */
    public Outcome<U> inModes(Predicate<SpecMode> which) {
        return new Outcome<>(spec, elements, ending, keyed, which);
    }

    /** In plain modes only, because it takes real time on runners whose time is real. */
    public Outcome<U> inRealTime() {
        return inModes(SpecMode::isPlain);
    }

    /**
     * Exactly these come out. The order counts: of a keyed stream within each key, since none is
     * promised across keys; of a plain one if there is one worker.
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final void expect(U... expected) {
        List<U> wanted = List.of(expected);
        spec.inModes(
                modes,
                world -> {
                    List<U> actual = run(world);
                    if (keyed) {
                        assertThat(byKey(actual)).isEqualTo(byKey(wanted));
                    } else if (world.mode().workers() == 1) {
                        assertThat(actual).containsExactlyElementsOf(wanted);
                    } else {
                        assertThat(actual).containsExactlyInAnyOrderElementsOf(wanted);
                    }
                });
    }

    /** Exactly these come out, in any order. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final void expectInAnyOrder(U... expected) {
        List<U> wanted = List.of(expected);
        spec.inModes(
                modes, world -> assertThat(run(world)).containsExactlyInAnyOrderElementsOf(wanted));
    }

    public void expectNothing() {
        spec.inModes(modes, world -> assertThat(run(world)).isEmpty());
    }

    /** The execution fails with a message that has both parts. */
    public void expectFailure(String stepPart, String messagePart) {
        spec.inModes(
                modes,
                world -> {
                    Throwable failure = catchThrowable(() -> run(world));
                    assertThat(failure).isInstanceOf(StepFailedException.class);
                    assertThat(failure.getMessage()).contains(stepPart, messagePart);
                });
    }

    private List<U> run(SpecWorld world) throws Exception {
        TestSource<Object> source = world.sourceOf(elements);
        TestSink<U> sink = new TestSink<>();
        Dataflow flow = Dataflow.named("flow");
        ending.add(flow.input("in", source), sink);
        world.run(flow);
        for (Object element : elements) {
            if (TestItems.endOfInput().equals(element)) {
                world.run(flow);
            }
        }
        return sink.committed();
    }

    private static Map<Object, List<Object>> byKey(List<?> items) {
        Map<Object, List<Object>> byKey = new LinkedHashMap<>();
        for (Object item : items) {
            Keyed<?, ?> pair = (Keyed<?, ?>) item;
            byKey.computeIfAbsent(pair.key(), key -> new ArrayList<>()).add(pair.value());
        }
        return byKey;
    }
}
