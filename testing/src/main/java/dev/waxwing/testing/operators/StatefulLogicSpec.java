package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.crash;
import static dev.waxwing.testing.TestItems.endOfInput;
import static dev.waxwing.testing.TestItems.keyed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.KeyedStream;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.state.LogicContext;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.testing.TestSink;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a logic's life is on any runner: items and end of input; see also {@link TimerSpec}. */
public abstract class StatefulLogicSpec extends OperatorSpec {

    @Test
    void eachKeyHasALogicOfItsOwn() {
        givenKeyed(keyed("a", 1), keyed("b", 1), keyed("a", 2), keyed("b", 2))
                .through(pairs -> pairs.stateful("previous", PreviousLogic::new))
                .expect(
                        keyed("a", "none then 1"),
                        keyed("b", "none then 1"),
                        keyed("a", "1 then 2"),
                        keyed("b", "1 then 2"));
    }

    @Test
    void keptLogicMeetsTheNextItem() {
        givenKeyed(keyed("a", 1), keyed("a", 2))
                .through(pairs -> life(pairs, LifeLogic.Plan.KEEP_ALL))
                .expect(keyed("a", "NEW ITEM"), keyed("a", "ITEM ITEM"), keyed("a", "ITEM END"));
    }

    @Test
    void itemAfterADiscardMeetsANewLogic() {
        givenKeyed(keyed("a", 1), keyed("a", 2))
                .through(pairs -> life(pairs, LifeLogic.Plan.discardOn(LifeLogic.Event.ITEM)))
                .expect(keyed("a", "NEW ITEM"), keyed("a", "NEW ITEM"));
    }

    @Test
    void stateKeptAtTheEndOfInputIsThereWhenContinued() {
        givenKeyed(keyed("a", 1), endOfInput(), keyed("a", 2))
                .through(pairs -> life(pairs, LifeLogic.Plan.KEEP_ALL))
                .expect(
                        keyed("a", "NEW ITEM"),
                        keyed("a", "ITEM END"),
                        keyed("a", "END ITEM"),
                        keyed("a", "ITEM END"));
    }

    @Test
    void stateDiscardedAtTheEndOfInputIsGoneWhenContinued() {
        givenKeyed(keyed("a", 1), endOfInput(), keyed("a", 2))
                .through(pairs -> life(pairs, LifeLogic.Plan.discardOn(LifeLogic.Event.END)))
                .expect(
                        keyed("a", "NEW ITEM"),
                        keyed("a", "ITEM END"),
                        keyed("a", "NEW ITEM"),
                        keyed("a", "ITEM END"));
    }

    @Test
    void discardIsRemembered() {
        givenKeyed(keyed("a", 1), endOfInput(), keyed("a", 2), endOfInput(), keyed("a", 3))
                .through(pairs -> life(pairs, LifeLogic.Plan.discardOn(LifeLogic.Event.ITEM)))
                .expect(keyed("a", "NEW ITEM"), keyed("a", "NEW ITEM"), keyed("a", "NEW ITEM"));
    }

    @Test
    void endOfInputComesOnceForEachLiveKeyAfterEverything() {
        givenKeyed(keyed("a", 1), keyed("b", 2), keyed("a", 3))
                .through(pairs -> life(pairs, LifeLogic.Plan.KEEP_ALL))
                .expect(
                        keyed("a", "NEW ITEM"),
                        keyed("b", "NEW ITEM"),
                        keyed("a", "ITEM ITEM"),
                        keyed("a", "ITEM END"),
                        keyed("b", "ITEM END"));
    }

    @Test
    void endOfInputReachesKeysThatOnlyARestoreHasTouched() {
        givenKeyed(keyed("a", 1), endOfInput(), keyed("b", 1))
                .through(pairs -> life(pairs, LifeLogic.Plan.KEEP_ALL))
                .expect(
                        keyed("a", "NEW ITEM"),
                        keyed("a", "ITEM END"),
                        keyed("b", "NEW ITEM"),
                        keyed("a", "END END"),
                        keyed("b", "ITEM END"));
    }

    @Test
    void crashDoesNotCallTheEndOfInput() {
        inModes(
                mode -> !mode.restoreAfterEachBatch(),
                world -> {
                    Queue<String> ends = new ConcurrentLinkedQueue<>();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, crash(), 2, crash(), 3))
                            .keyOn("key", n -> "a")
                            .stateful(
                                    "end",
                                    (LogicContext<String> context, @Nullable Integer state) ->
                                            new EndLogic(() -> ends.add(context.key())))
                            .output("out", new TestSink<Integer>());

                    world.run(flow);

                    assertThat(ends).containsExactly("a");
                });
    }

    @Test
    void whatTheEndOfInputEmitsReachesStatefulStepsBehind() {
        givenKeyed(keyed("a", 1), keyed("b", 2))
                .throughPlain(
                        pairs ->
                                life(pairs, LifeLogic.Plan.discardOn(LifeLogic.Event.END))
                                        .dropKey("values")
                                        .keyOn("all", text -> "all")
                                        .countFinal("count")
                                        .dropKey("counts"))
                .expect(4L);
    }

    @Test
    void itemsOfAKeyMeetOnOneWorker() {
        inEachMode(
                world -> {
                    Set<String> places = ConcurrentHashMap.newKeySet();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 2, 3, 4, 5, 6, 7, 8, 9))
                            .redistribute("spread")
                            .keyOn("key", n -> "key " + n % 3)
                            .stateful(
                                    "place",
                                    (LogicContext<String> context, @Nullable Integer state) -> {
                                        places.add(context.key() + " on " + context.workerIndex());
                                        return new EndLogic(() -> {});
                                    })
                            .output("out", new TestSink<Integer>());

                    world.run(flow);

                    assertThat(places).hasSize(3);
                });
    }

    @Test
    void logicKnowsItsKeyAndStep() {
        givenKeyed(keyed("a", 1), keyed("b", 2))
                .through(
                        pairs ->
                                pairs.<String, Integer>stateful(
                                        "where", (context, state) -> new WhereLogic(context)))
                .expect(keyed("a", "flow.where a"), keyed("b", "flow.where b"));
    }

    @Test
    void failureNamesMethodStepAndKey() {
        givenKeyed(keyed("a", 1))
                .through(
                        pairs ->
                                pairs.<Integer, Integer>stateful(
                                        "bad",
                                        (context, state) -> new EndLogic(() -> failWith("boom"))))
                .expectFailure(
                        "step 'flow.bad': onEndOfInput threw",
                        "java.lang.IllegalStateException: boom for key 'a'");
    }

    @Test
    void failureOfTheBuilderNamesStepAndKey() {
        givenKeyed(keyed("a", 1))
                .through(
                        pairs ->
                                pairs.<Integer, Integer>stateful(
                                        "bad", (context, state) -> failWith("boom")))
                .expectFailure("step 'flow.bad': the builder threw", "boom for key 'a'");
    }

    @Test
    void builderThatReturnsNullIsNamed() {
        givenKeyed(keyed("a", 1))
                .through(
                        pairs ->
                                pairs.<Integer, Integer>stateful(
                                        "bad", (context, state) -> nullResult()))
                .expectFailure("step 'flow.bad'", "the builder returned null for key 'a'");
    }

    @Test
    void nullAnswerNamesMethodStepAndKey() {
        givenKeyed(keyed("a", 1))
                .through(
                        pairs ->
                                pairs.<Integer, Integer>stateful(
                                        "bad", (context, state) -> new NullLogic()))
                .expectFailure(
                        "step 'flow.bad'",
                        "onItem returned null for key 'a'; return Retain.KEEP or Retain.DISCARD");
    }

    static KeyedStream<String, String> life(
            KeyedStream<String, Integer> pairs, LifeLogic.Plan plan) {
        return pairs.stateful(
                "life",
                (LogicContext<String> context, LifeLogic.@Nullable State state) ->
                        new LifeLogic(plan, context, state));
    }

    /** Emits the previous item and this one. */
    private static final class PreviousLogic implements StatefulLogic<Integer, String, Integer> {

        private @Nullable Integer previous;

        PreviousLogic(LogicContext<String> context, @Nullable Integer resumeState) {
            previous = resumeState;
        }

        @Override
        public Retain onItem(Integer item, Outputs<? super String> out) {
            out.emit((previous == null ? "none" : previous) + " then " + item);
            previous = item;
            return Retain.KEEP;
        }

        @Override
        public Integer snapshot() {
            return java.util.Objects.requireNonNull(previous);
        }
    }

    /** Does something at the end of input. */
    private static final class EndLogic implements StatefulLogic<Integer, Integer, Integer> {

        private final Runnable atEnd;

        EndLogic(Runnable atEnd) {
            this.atEnd = atEnd;
        }

        @Override
        public Retain onItem(Integer item, Outputs<? super Integer> out) {
            return Retain.KEEP;
        }

        @Override
        public Retain onEndOfInput(Outputs<? super Integer> out) {
            atEnd.run();
            return Retain.KEEP;
        }

        @Override
        public Integer snapshot() {
            return 0;
        }
    }

    /** Emits where it is. */
    private static final class WhereLogic implements StatefulLogic<Integer, String, Integer> {

        private final LogicContext<String> context;

        WhereLogic(LogicContext<String> context) {
            this.context = context;
        }

        @Override
        public Retain onItem(Integer item, Outputs<? super String> out) {
            out.emit(context.stepId() + " " + context.key());
            return Retain.KEEP;
        }

        @Override
        public Integer snapshot() {
            return 0;
        }
    }

    /** Breaks its word. */
    private static final class NullLogic implements StatefulLogic<Integer, Integer, Integer> {

        @Override
        public Retain onItem(Integer item, Outputs<? super Integer> out) {
            return nullResult();
        }

        @Override
        public Integer snapshot() {
            return 0;
        }
    }
}
