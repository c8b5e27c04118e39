package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.keyed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waxwing.Dataflow;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.DataflowException;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.step.StepFailedException;
import dev.waxwing.testing.TestSink;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Whatever an exception is like, the step that threw it is to blame on any runner, and no other.
 */
public abstract class OddExceptionSpec extends OperatorSpec {

    private static final String UNTOLD = Untold.class.getName();

    @Test
    void exceptionWhoseToStringThrowsNamesTheStepThatThrewIt() {
        given(1).through(numbers -> numbers.<Integer>map("bad", n -> fail(new Untold())))
                .expectFailure(
                        "step 'flow.bad': the function threw " + UNTOLD,
                        "whose toString threw java.lang.IllegalStateException");
    }

    @Test
    void exceptionWhoseToStringThrowsIsTheCause() {
        Throwable untold = new Untold();
        inEachMode(world -> assertThat(failure(world, untold).getCause()).isSameAs(untold));
    }

    @Test
    void callThatCompletesWithAnExceptionWhoseToStringThrowsNamesItsStep() {
        given(1).through(
                        numbers ->
                                numbers.<Integer>mapAsync(
                                        "bad",
                                        n -> CompletableFuture.failedFuture(new Untold()),
                                        AsyncOptions.defaults()))
                .expectFailure("step 'flow.bad': the call threw", UNTOLD);
    }

    @Test
    void exceptionWhoseCauseThrowsGoesByThePolicy() {
        given(1).through(
                        numbers -> {
                            var good =
                                    numbers.<Integer>map("bad", n -> fail(new CauseThrows()))
                                            .onFailure(FailurePolicy.deadLetter());
                            return good.deadLetters().map("item", letter -> letter.item());
                        })
                .expect(1);
    }

    @Test
    void exceptionWhoseToStringReturnsNullIsToldByItsType() {
        given(1).through(numbers -> numbers.<Integer>map("bad", n -> fail(new Silent())))
                .expectFailure("step 'flow.bad': the function threw", Silent.class.getName());
    }

    @Test
    void messageOfTenMillionCharactersIsCut() {
        inEachMode(
                world -> {
                    Throwable failure =
                            failure(world, new IllegalStateException("x".repeat(10_000_000)));

                    assertThat(failure).hasMessageContaining("step 'flow.bad'");
                    assertThat(failure.getMessage()).hasSizeLessThan(3_000);
                });
    }

    @Test
    void exceptionThatNamesAnotherStepIsOfTheStepThatThrewIt() {
        inEachMode(
                world -> {
                    var odd =
                            new StepFailedException("flow.in", "step 'flow.in': is to blame", null);

                    DataflowException failure = failure(world, odd);

                    assertThat(failure.stepId()).isEqualTo("flow.bad");
                    assertThat(failure)
                            .hasMessageStartingWith("step 'flow.bad': the function threw");
                    assertThat(failure).cause().isSameAs(odd);
                });
    }

    @Test
    void exceptionThatNamesAnotherStepIsOfTheLogicThatThrewIt() {
        givenKeyed(keyed("a", 1))
                .through(
                        numbers ->
                                numbers.<Integer, Integer>statefulMap(
                                        "bad",
                                        (state, n) ->
                                                fail(
                                                        new StepFailedException(
                                                                "flow.in",
                                                                "step 'flow.in': is to" + " blame",
                                                                null))))
                .expectFailure("step 'flow.bad': onItem threw", "is to blame");
    }

    @Test
    void keyWhoseToStringThrowsIsToldByItsType() {
        given(1).throughKeyed(
                        numbers ->
                                numbers.keyOn("key", UntoldKey::new)
                                        .<Integer>mapValue("bad", n -> failWith("boom")))
                .expectFailure("step 'flow.bad'", "boom for key 'a " + UntoldKey.class.getName());
    }

    private static DataflowException failure(SpecWorld world, Throwable thrown) {
        var flow = Dataflow.named("flow");
        flow.input("in", world.<Integer>source(1))
                .map("fine", n -> n)
                .<Integer>map("bad", n -> fail(thrown))
                .output("out", new TestSink<Integer>());
        return (DataflowException) catchThrowable(() -> world.run(flow));
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // it never returns
    private static <R> R fail(Throwable thrown) throws Exception {
        throw (Exception) thrown;
    }

    private static final class Untold extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        @SuppressWarnings("OverrideThrowableToString") // it is what is tried
        public String toString() {
            throw new IllegalStateException("no text");
        }
    }

    private static final class CauseThrows extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("no cause");
        }
    }

    private static final class Silent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        @SuppressWarnings({"NullAway", "OverrideThrowableToString", "ToStringReturnsNull"})
        public String toString() {
            return null;
        }
    }

    private record UntoldKey(int number) {
        @Override
        public String toString() {
            throw new IllegalStateException("no text");
        }
    }
}
