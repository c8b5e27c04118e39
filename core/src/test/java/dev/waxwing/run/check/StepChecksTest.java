package dev.waxwing.run.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.state.Retain;
import dev.waxwing.step.StepFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StepChecksTest {

    private enum Side {
        LEFT
    }

    private record Place(String region, List<Integer> numbers) {}

    private record Bytes(byte[] bytes) {}

    private record Outer(String name, @Nullable Bytes bytes) {}

    private record Listed(List<? extends byte[]> all) {}

    private record Arrays<E>(String name, E @Nullable [] all) {}

    private static final class Plain {}

    private record Holder(@Nullable Plain plain) {}

    private record Open(@Nullable Object any) {}

    private record Amount(Number number) {}

    private record Node(int number, @Nullable Node next) {}

    private record Pairs(Map<String, Optional<Side>> sides, List<? super Long> numbers) {}

    private final StepChecks checks =
            new StepChecks(
                    new CoreStep(
                            0,
                            "flow.x.transform",
                            "flow.x",
                            new CoreOperator.Merge(),
                            false,
                            List.of(),
                            null));

    @Test
    void failureNamesStepCallAndCause() {
        var boom = new IllegalStateException("boom");

        StepFailedException failure = checks.threw("the function", boom);

        assertThat(failure)
                .hasMessage(
                        "step 'flow.x': the function threw java.lang.IllegalStateException: boom");
        assertThat(failure.getCause()).isSameAs(boom);
        assertThat(failure.stepId()).isEqualTo("flow.x");
    }

    @Test
    void failureForAKeyNamesTheKey() {
        assertThat(checks.threw("onItem", "a", new IllegalStateException("boom")))
                .hasMessageEndingWith("IllegalStateException: boom for key 'a'");
    }

    @Test
    void failureForAnItemShowsItAndItsKey() {
        var boom = new IllegalStateException("boom");

        assertThat(checks.threwFor("the function", null, 42, boom))
                .hasMessageEndingWith("IllegalStateException: boom for item 42")
                .hasCause(boom);
        assertThat(checks.threwFor("the function", "a", 42, boom))
                .hasMessageEndingWith("IllegalStateException: boom for key 'a', item 42");
    }

    @Test
    void longItemIsShownInPart() {
        String message =
                checks.threwFor("f", null, "x".repeat(10_000), new RuntimeException()).getMessage();

        assertThat(message).endsWith(" for item " + "x".repeat(197) + "...");
    }

    @Test
    void nullItemIsRefused() {
        assertThatThrownBy(() -> checks.item(null))
                .isInstanceOf(StepFailedException.class)
                .hasMessage(
                        "step 'flow.x': emitted a null item; items must not be null, drop or"
                                + " replace it");
        assertThat(checks.item("item")).isEqualTo("item");
    }

    @Test
    void nullKeyIsRefused() {
        assertThatThrownBy(() -> checks.key(null, 42))
                .hasMessage("step 'flow.x': gave item 42 a null key; every item needs a key");
    }

    @Test
    void keysWithEqualityAreAccepted() {
        List<Object> keys =
                List.of(
                        "a",
                        1,
                        2L,
                        new UUID(0, 1),
                        Side.LEFT,
                        new Place("a", List.of(1)),
                        List.of("a", 1));

        assertThat(keys).allSatisfy(key -> assertThat(checks.key(key, 0)).isSameAs(key));
    }

    @Test
    void identityKeysAreRefused() {
        assertThatThrownBy(() -> checks.key(new AtomicInteger(), 0))
                .hasMessage(
                        "step 'flow.x': keys of java.util.concurrent.atomic.AtomicInteger have no"
                                + " equals and hashCode of their own; use strings, numbers, UUIDs,"
                                + " enums, records or lists of these as keys");
        assertThatThrownBy(() -> checks.key(new byte[1], 0)).hasMessageContaining("keys of byte[]");
    }

    @Test
    void identityTypesInsideKeysAreRefused() {
        assertThatThrownBy(() -> checks.key(new Bytes(new byte[1]), 0))
                .hasMessageContaining("keys of byte[]");
        assertThatThrownBy(() -> checks.key(List.of("a", new Object()), 0))
                .hasMessageContaining("keys of java.lang.Object");
    }

    @Test
    void identityTypesDeepInsideRecordsAreRefused() {
        assertThat(refused(new Outer("a", null))).contains("keys of byte[]");
        assertThat(refused(new Listed(List.of()))).contains("keys of byte[]");
        assertThat(refused(new Arrays<>("a", null))).contains("keys of java.lang.Object[]");
        assertThat(refused(new Holder(null))).contains("keys of " + Plain.class.getTypeName());
    }

    @Test
    void identityTypesThatNoComponentDeclaresAreFoundInTheFirstKey() {
        assertThat(refused(new Open(new AtomicInteger()))).contains("AtomicInteger");
        assertThat(refused(new Open(List.of(new Open(new Object())))))
                .contains("keys of java.lang.Object");
        assertThat(refused(new Amount(new AtomicInteger()))).contains("AtomicInteger");
    }

    @Test
    void recordsWithEqualityAreAccepted() {
        List<Object> keys =
                List.of(
                        new Open("a"),
                        new Open(null),
                        new Amount(1L),
                        new Node(1, new Node(2, null)),
                        new Pairs(Map.of("a", Optional.of(Side.LEFT)), List.of(1L)));

        assertThat(keys).allSatisfy(key -> assertThat(checks.key(key, 0)).isSameAs(key));
    }

    @Test
    void listIsLookedIntoEachTime() {
        checks.key(List.of("a"), 0);

        assertThatThrownBy(() -> checks.key(List.of(new Object()), 0))
                .isInstanceOf(StepFailedException.class);
    }

    @Test
    void nullAnswerIsRefused() {
        assertThatThrownBy(() -> checks.retain(null, "onItem", "a"))
                .hasMessage(
                        "step 'flow.x': onItem returned null for key 'a'; return Retain.KEEP or"
                                + " Retain.DISCARD");
        assertThat(checks.retain(Retain.KEEP, "onItem", "a")).isEqualTo(Retain.KEEP);
    }

    @Test
    void nullResultsAreRefused() {
        assertThatThrownBy(() -> checks.result(null, "the builder", "a"))
                .hasMessage(
                        "step 'flow.x': the builder returned null for key 'a'; make it return"
                                + " something for every key");
        assertThatThrownBy(() -> checks.resultFor(7, null, "the timestamp function"))
                .hasMessage(
                        "step 'flow.x': the timestamp function returned null for item 7; make it"
                                + " return something, or drop such items in a step before");
    }

    @Test
    void timeoutNamesTheItem() {
        assertThat(checks.timedOut(Duration.ofSeconds(3), 7))
                .hasMessage(
                        "step 'flow.x': the call for item 7 has not completed within PT3S; allow"
                                + " more time, or make the call fail sooner");
    }

    @Test
    void rejectedInputTellsTheWayOut() {
        assertThat(checks.rejected("line 3", new IllegalArgumentException("no number")))
                .hasMessageContaining("read something that is no item, line 3")
                .hasMessageContaining("policy with dead letters");
    }

    @Test
    void longTextsAreCut() {
        assertThat(checks.threw("onItem", "a".repeat(10_000), new RuntimeException()).getMessage())
                .hasSizeLessThan(400);
    }

    @Test
    void keyThatCannotBeShownIsNamedByItsType() {
        Object unshowable =
                new Object() {
                    @Override
                    public String toString() {
                        throw new IllegalStateException("no text");
                    }
                };

        assertThat(checks.threw("onItem", unshowable, new RuntimeException()))
                .hasMessageContaining("for key 'a " + unshowable.getClass().getName());
    }

    private String refused(Object key) {
        return catchThrowableOfType(StepFailedException.class, () -> checks.key(key, 0))
                .getMessage();
    }
}
