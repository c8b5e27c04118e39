package dev.waxwing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.Port;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.plan.core.Step;
import dev.waxwing.step.InvalidDataflowException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OperatorTest {

    private final Dataflow flow = Dataflow.named("flow");

    private record Sides(Stream<Integer> small, Stream<Integer> large) {}

    private record AddTwice(int amount) implements Operator<Stream<Integer>, Stream<Integer>> {

        AddTwice() {
            this(1);
        }

        @Override
        public Stream<Integer> apply(Stream<Integer> up) {
            return up.map("first", n -> n + amount).map("second", n -> n + amount);
        }
    }

    private Stream<Integer> numbers() {
        return flow.input("in", Fixtures.<Integer>source());
    }

    private Step step(int index) {
        return flow.plan().steps().get(index);
    }

    @Test
    void operatorOfTwoMapsHasTwoSubsteps() {
        numbers().then("add", new AddTwice(5)).output("out", Fixtures.sink());

        assertThat(step(1).substeps())
                .extracting(Step::id)
                .containsExactly("flow.add.first", "flow.add.second");
    }

    @Test
    void configurationCanHaveADefault() {
        numbers().then("add", new AddTwice()).output("out", Fixtures.sink());

        assertThat(step(1).substeps()).hasSize(2);
    }

    @Test
    void resultsCanBeConsumedSeparately() {
        Operator<Stream<Integer>, Sides> split =
                up -> new Sides(up.filter("less", n -> n < 10), up.filter("more", n -> n >= 10));
        Sides sides = numbers().then("split", split);
        sides.small().output("small-out", Fixtures.sink());
        sides.large().output("large-out", Fixtures.sink());

        assertThat(step(1).outPorts())
                .extracting("id")
                .containsExactly("flow.split.small", "flow.split.large");
    }

    @Test
    void stepsOfANestedOperatorHaveTheFullId() {
        Operator<Stream<Integer>, Stream<Integer>> outer = up -> up.then("inner", new AddTwice(1));
        numbers().then("outer", outer).output("out", Fixtures.sink());

        assertThat(flow.plan().coreSteps())
                .extracting(CoreStep::userStep)
                .contains("flow.outer.inner.first", "flow.outer.inner.second");
    }

    @Test
    void substepsOfANamedOperatorAreItsOwnBusiness() {
        numbers()
                .then("outer", Operator.named("addTwice", new AddTwice(1)))
                .output("out", Fixtures.sink());

        assertThat(step(1).operatorName()).isEqualTo("addTwice");
        assertThat(flow.plan().coreSteps())
                .extracting(CoreStep::userStep)
                .containsExactly("flow.in", "flow.outer", "flow.outer", "flow.out");
    }

    @Test
    void operatorThatAddsNothingIsNoStep() {
        numbers().then("same", up -> up).output("out", Fixtures.sink());

        assertThat(flow.plan().steps()).hasSize(2);
    }

    @Test
    void operatorMayReturnAnything() {
        List<Stream<Integer>> streams =
                numbers().then("many", up -> new ArrayList<>(List.of(up.map("one", n -> n), up)));

        assertThat(streams).hasSize(2);
    }

    @Test
    void operatorMayAddInputs() {
        Operator<Stream<Integer>, Stream<Integer>> withMore =
                up -> up.merge("both", up.flow().input("more", Fixtures.<Integer>source()));
        numbers().then("enlarge", withMore).output("out", Fixtures.sink());

        assertThat(flow.plan().coreSteps())
                .extracting(CoreStep::id)
                .contains("flow.enlarge.more", "flow.enlarge.both");
    }

    @Test
    void failingOperatorLeavesTheDataflowUsable() {
        Stream<Integer> numbers = numbers();
        assertThatThrownBy(
                        () ->
                                numbers.then(
                                        "bad",
                                        up -> {
                                            throw new IllegalStateException("boom");
                                        }))
                .hasMessage("boom");

        numbers.output("out", Fixtures.sink());

        assertThat(flow.plan().coreSteps())
                .extracting(CoreStep::id)
                .containsExactly("flow.in", "flow.out");
    }

    @Test
    void kernelCanHaveSideOutputs() {
        Port<String> texts = Port.named("texts");
        Kernel<Integer, Integer> kernel = (item, out) -> out.emit(texts, "text " + item);
        numbers()
                .transform("split", kernel, texts)
                .side(texts)
                .output("out", Fixtures.<String>sink());

        assertThat(step(1).outPorts()).extracting("name").containsExactly("down", "texts");
    }

    @Test
    void sideOutputThatWasNotDeclaredIsRefused() {
        Stream<Integer> mapped = numbers().map("add", n -> n + 1);

        assertThatThrownBy(() -> mapped.side(Port.named("late")))
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessage(
                        "step 'flow.add' has no side output 'late'; declare the port where the step"
                                + " is made");
    }

    @Test
    void portsOfOneIndexAreRefused() {
        Stream<Integer> numbers = numbers();
        Kernel<Integer, Integer> kernel = (item, out) -> {};

        assertThatThrownBy(
                        () ->
                                numbers.transform(
                                        "split", kernel, Port.named("one"), Port.named("two")))
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessageContaining("port 'two' has index 1, but is declared at place 2");
    }

    @Test
    void namedOperatorDoesNotHideTwoSinksThatRecoveryCouldNotTellApart() {
        Stream<Integer> numbers = numbers();
        numbers.then(
                "both",
                Operator.named(
                        "both",
                        (Stream<Integer> up) -> {
                            up.output("a", Fixtures.sink());
                            return up.output("b", Fixtures.sink());
                        }));

        assertThatThrownBy(() -> numbers.flow().plan())
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessageContaining("step 'flow.both' has several sources or sinks within it")
                .hasMessageContaining("without Operator.named");
    }
}
