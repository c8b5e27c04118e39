package dev.waxwing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.function.TypeRef;
import dev.waxwing.join.Interval;
import dev.waxwing.plan.Plan;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.step.InvalidDataflowException;
import dev.waxwing.step.WatermarkOptions;
import dev.waxwing.windowing.StreamClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class DataflowTest {

    private final Dataflow flow = Dataflow.named("flow");

    private Stream<Integer> numbers() {
        return flow.input("in", Fixtures.<Integer>source());
    }

    @Test
    void nameWithAPeriodIsRefused() {
        assertThatThrownBy(() -> Dataflow.named("a.b"))
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessage(
                        "the name of a dataflow must not contain a period, but was 'a.b'; periods"
                                + " separate the names of nested steps in ids");
    }

    @Test
    void emptyNameIsRefused() {
        assertThatThrownBy(() -> Dataflow.named(" "))
                .hasMessage("the name of a dataflow must not be empty; give it one");
    }

    @Test
    void nullNameIsRefused() {
        assertThatThrownBy(() -> Dataflow.named(null))
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessage("the name of a dataflow must not be null; give it one");
    }

    @Test
    void stepNameWithAPeriodIsRefused() {
        assertThatThrownBy(() -> flow.input("1.5", Fixtures.source()))
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessageContaining("a step in 'flow' must not contain a period")
                .hasMessageContaining("'1.5'");
    }

    @Test
    void stepNameWithQuotesIsRefused() {
        assertThatThrownBy(() -> flow.input("a\"b", Fixtures.source()))
                .hasMessageContaining("must not contain quotes or control characters")
                .hasMessageEndingWith("so leave them out");
    }

    @Test
    void nullStepNameIsRefused() {
        assertThatThrownBy(() -> flow.input(null, Fixtures.source()))
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessage("the name of a step in 'flow' must not be null; give it one");
    }

    @Test
    void secondStepOfANameIsRefusedWithItsFullId() {
        Stream<Integer> numbers = numbers();

        assertThatThrownBy(() -> numbers.map("in", n -> n))
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessage(
                        "dataflow 'flow' already has a step 'flow.in'; step names must be unique"
                                + " among siblings");
    }

    @Test
    void stepsInTwoCompositesMayHaveTheSameName() {
        Operator<Stream<Integer>, Stream<Integer>> twice = up -> up.map("a", n -> n * 2);

        numbers().then("left", twice).then("right", twice).output("out", Fixtures.sink());

        assertThat(flow.plan().coreSteps())
                .extracting(CoreStep::userStep)
                .containsExactly("flow.in", "flow.left.a", "flow.right.a", "flow.out");
    }

    @Test
    void idIsTheNamesDownToTheStep() {
        numbers().inspect("insp", (step, n) -> {});

        assertThat(flow.plan().coreSteps())
                .extracting(CoreStep::userStep)
                .containsExactly("flow.in", "flow.insp");
    }

    @Test
    void streamOfAnotherDataflowIsRefused() {
        Stream<Integer> numbers = numbers();
        Stream<Integer> foreign = Dataflow.named("other").input("in", Fixtures.source());

        assertThatThrownBy(() -> numbers.merge("both", foreign))
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessage(
                        "step 'both' of dataflow 'flow' was given a stream of dataflow 'other';"
                                + " streams of two dataflows cannot be joined");
    }

    @Test
    void keyedStreamOfAnotherDataflowIsRefused() {
        var numbers = numbers().keyOn("key", n -> n);
        var foreign =
                Dataflow.named("other")
                        .input("in", Fixtures.<Integer>source())
                        .keyOn("key", n -> n);

        assertThatThrownBy(() -> numbers.merge("both", foreign))
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessageContaining("'other'");
    }

    @Test
    void mergeWithoutOtherStreamsIsRefused() {
        Stream<Integer> numbers = numbers();

        assertThatThrownBy(() -> numbers.merge("alone"))
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessage("merge step 'alone' needs at least one other stream");
    }

    @Test
    void streamThatNobodyReadsIsFine() {
        numbers().branch("even", n -> n % 2 == 0).trues().output("out", Fixtures.sink());

        assertThat(flow.plan().coreSteps()).hasSize(3);
    }

    @Test
    void planNeedsAnInput() {
        assertThatThrownBy(flow::plan)
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessage(
                        "dataflow 'flow' needs at least one input step; add one with"
                                + " flow.input(...)");
    }

    @Test
    void planNeedsAnOutput() {
        numbers().map("add", n -> n + 1);

        assertThatThrownBy(flow::plan)
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessageContaining("needs at least one output or inspect step");
    }

    @Test
    void inspectCountsAsAnOutput() {
        numbers().inspect("look", (step, n) -> {});

        assertThat(flow.plan().coreSteps()).hasSize(2);
    }

    @Test
    void streamKnowsItsDataflow() {
        assertThat(numbers().flow()).isSameAs(flow);
        assertThat(numbersOf("more").keyOn("key", n -> n).flow()).isSameAs(flow);
    }

    @Test
    void planDoesNotChangeWhenBuildingGoesOn() {
        Stream<Integer> numbers = numbers();
        numbers.output("out", Fixtures.sink());
        Plan plan = flow.plan();

        numbers.output("more", Fixtures.sink());

        assertThat(plan.coreSteps()).hasSize(2);
        assertThat(flow.plan().coreSteps()).hasSize(3);
    }

    @Test
    void policyOnAStatefulStepIsRefused() {
        var counts = numbers().keyOn("key", n -> n).countFinal("count");

        assertThatThrownBy(() -> counts.onFailure(FailurePolicy.deadLetter()))
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessageContaining("step 'flow.count': a failure policy needs a stateless step");
    }

    @Test
    void policyOnTheMapOfKeyAndValueGoesToItsFunction() {
        var mapped =
                numbers()
                        .keyOn("key", n -> n)
                        .<Integer>map("sum", Integer::sum)
                        .onFailure(FailurePolicy.deadLetter());
        mapped.deadLetters().output("dead", Fixtures.sink());

        assertThat(flow.plan().coreSteps().stream().filter(CoreStep::hasDeadLetters))
                .extracting(CoreStep::id)
                .containsExactly("flow.sum.transform");
    }

    @Test
    void deadLettersNeedAPolicy() {
        Stream<Integer> mapped = numbers().map("add", n -> n + 1);

        assertThatThrownBy(mapped::deadLetters)
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessage(
                        "step 'flow.add' has no dead letters; call"
                                + " onFailure(FailurePolicy.deadLetter()) first");
    }

    @Test
    void policyThatTakesDeadLettersAwayIsRefused() {
        Stream<Integer> mapped =
                numbers().map("add", n -> n + 1).onFailure(FailurePolicy.deadLetter());
        mapped.deadLetters().output("dead", Fixtures.sink());
        mapped.onFailure(FailurePolicy.retry(3));

        assertThatThrownBy(flow::plan)
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessageContaining("step 'flow.dead' reads the dead letters of step 'flow.add'");
    }

    @Test
    void nullPolicyIsRefused() {
        Stream<Integer> mapped = numbers().map("add", n -> n + 1);

        assertThatNullPointerException()
                .isThrownBy(() -> mapped.onFailure(null))
                .withMessage("policy must not be null");
    }

    @Test
    void twoStatesOfOneNameInAStepAreRefused() {
        Operator<KeyedStream<Integer, Integer>, KeyedStream<Integer, Long>> twoCounts =
                Operator.named(
                        "twoCounts",
                        up -> {
                            up.countFinal("one");
                            return up.countFinal("two");
                        });
        numbers().keyOn("key", n -> n).then("counts", twoCounts).output("out", Fixtures.sink());

        assertThatThrownBy(flow::plan)
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessageContaining("step 'flow.counts' has two states named 'countFinal'");
    }

    @Test
    void renameOfAStepIsInThePlan() {
        numbers()
                .keyOn("key", n -> n)
                .<Integer, Integer>statefulMap("sum", (sum, n) -> StateUpdate.keep(n, n))
                .formerly("total")
                .output("out", Fixtures.sink());

        Plan plan = flow.plan();

        assertThat(plan.keptIds("flow.sum")).containsExactly("flow.sum", "flow.total");
        assertThat(plan.keptIds("flow.summit")).containsExactly("flow.summit");
    }

    @Test
    void renameOfAnIntervalJoinIsInThePlan() {
        var sides = numbers().keyOn("key", n -> n);
        sides.intervalJoin(
                        "near",
                        StreamClock.of(n -> Instant.EPOCH),
                        sides,
                        Interval.within(Duration.ofSeconds(1)))
                .formerly("close")
                .down()
                .output("out", Fixtures.sink());

        assertThat(flow.plan().keptIds("flow.near")).containsExactly("flow.near", "flow.close");
    }

    @Test
    void renameOfACompositeCoversItsSteps() {
        Operator<KeyedStream<Integer, Integer>, KeyedStream<Integer, Long>> counting =
                up -> up.countFinal("count");
        numbers()
                .keyOn("key", n -> n)
                .then("new", counting)
                .formerly("old")
                .output("out", Fixtures.sink());

        assertThat(flow.plan().keptIds("flow.new.count"))
                .containsExactly("flow.new.count", "flow.old.count");
    }

    @Test
    void renamesOfACompositeAndOfAStepInItGoTogether() {
        Operator<KeyedStream<Integer, Integer>, KeyedStream<Integer, Long>> counting =
                up -> up.countFinal("count").formerly("total");
        numbers()
                .keyOn("key", n -> n)
                .then("new", counting)
                .formerly("old")
                .output("out", Fixtures.sink());

        assertThat(flow.plan().keptIds("flow.new.count"))
                .containsExactly(
                        "flow.new.count", "flow.new.total", "flow.old.count", "flow.old.total");
    }

    @Test
    void renameOfTheDataflowCoversItsStepsAndTheirRenames() {
        numbers()
                .keyOn("key", n -> n)
                .<Integer, Integer>statefulMap("sum", (sum, n) -> StateUpdate.keep(n, n))
                .formerly("total")
                .output("out", Fixtures.sink());

        Plan plan = flow.formerly("stream").plan();

        assertThat(plan.formerDataflowName()).isEqualTo("stream");
        assertThat(plan.keptIds("flow.sum"))
                .containsExactly("flow.sum", "flow.total", "stream.sum", "stream.total");
    }

    @Test
    void formerNamesOfTheDataflowAreChecked() {
        assertThatThrownBy(() -> flow.formerly("a.b")).hasMessageContaining("a period");
        assertThatThrownBy(() -> flow.formerly("flow"))
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessageContaining("dataflow 'flow' cannot have been 'flow'");
        Dataflow renamed = Dataflow.named("flow").formerly("one");
        assertThatThrownBy(() -> renamed.formerly("two"))
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessageContaining("cannot have been 'two' and 'one'");
    }

    @Test
    void formerNameOfTwoStepsIsRefused() {
        numbers().map("b", n -> n).formerly("x").map("a", n -> n).formerly("x").raises("end");

        assertThatThrownBy(flow::plan)
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessage(
                        "step 'flow.b' says that it was formerly 'flow.x', but so does step"
                                + " 'flow.a'; state can go to one of them only, so take formerly"
                                + " away from 'flow.b' or give the other step another name");
    }

    @Test
    void formerNameThatAStepHasIsRefused() {
        numbers().map("a", n -> n).formerly("b").map("b", n -> n).raises("end");

        assertThatThrownBy(flow::plan)
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessage(
                        "step 'flow.a' says that it was formerly 'flow.b', but the dataflow has a"
                                + " step of this name; state can go to one of them only, so take"
                                + " formerly away from 'flow.a' or give the other step another"
                                + " name");
    }

    @Test
    void secondFormerNameOfAStepIsRefused() {
        Stream<Integer> mapped = numbers().map("c", n -> n).formerly("b");

        assertThatThrownBy(() -> mapped.formerly("a"))
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessageStartingWith(
                        "step 'flow.c' cannot have been both 'flow.b' and 'flow.a'; say formerly"
                                + " once");
    }

    @Test
    void formerNameWithAPeriodIsRefused() {
        Stream<Integer> mapped = numbers().map("add", n -> n + 1);

        assertThatThrownBy(() -> mapped.formerly("a.b"))
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessageContaining("must not contain a period");
    }

    @Test
    void stateOfAStatelessStepCannotBeDeclared() {
        var pairs = numbers().keyOn("key", n -> n).mapValue("add", n -> n + 1);

        assertThatThrownBy(() -> pairs.state(new TypeRef<Integer>() {}))
                .isInstanceOf(InvalidDataflowException.class)
                .hasMessage("step 'flow.add' has no state whose type could be declared");
    }

    @Test
    void functionsMustNotBeNull() {
        Stream<Integer> numbers = numbers();

        assertThatNullPointerException().isThrownBy(() -> flow.input("x", null));
        assertThatNullPointerException().isThrownBy(() -> numbers.map("x", null));
        assertThatNullPointerException().isThrownBy(() -> numbers.filter("x", null));
        assertThatNullPointerException().isThrownBy(() -> numbers.keyOn("x", null));
        assertThatNullPointerException().isThrownBy(() -> numbers.then("x", null));
        assertThatNullPointerException()
                .isThrownBy(() -> numbers.mapAsync("x", null, AsyncOptions.defaults()));
        assertThatNullPointerException()
                .isThrownBy(
                        () ->
                                numbers.watermark(
                                        "x", null, WatermarkOptions.outOfOrderBy(Duration.ZERO)));
        assertThatNullPointerException()
                .isThrownBy(() -> numbers.output("x", null))
                .withMessage("sink must not be null");
    }

    private Stream<Integer> numbersOf(String name) {
        return flow.input(name, Fixtures.<Integer>source());
    }
}
