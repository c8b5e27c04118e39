package dev.waxwing.engine.resume;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.waxwing.Dataflow;
import dev.waxwing.engine.channel.Channels;
import dev.waxwing.engine.channel.Pace;
import dev.waxwing.engine.compile.Shape;
import dev.waxwing.engine.site.Openings;
import dev.waxwing.engine.site.Owners;
import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.recovery.memory.MemoryDisk;
import dev.waxwing.recovery.memory.MemoryRecoveryStore;
import dev.waxwing.recovery.store.StoreOptions;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.DeadLetter;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class PlanClassesTest {

    @Test
    void itemThatCannotBeStoredDoesNotHinderTheStateOfOtherSteps() {
        var flow = Dataflow.named("flow");
        var called =
                flow.input("in", TestSource.of(1))
                        .<Integer>mapAsync(
                                "call", CompletableFuture::completedFuture, AsyncOptions.defaults())
                        .map("risky", n -> 1 / n)
                        .onFailure(FailurePolicy.deadLetter());
        called.deadLetters().map("item", DeadLetter::item).output("dead", new TestSink<Object>());

        assertThatCode(() -> resume(flow)).doesNotThrowAnyException();
    }

    private static void resume(Dataflow flow) {
        Preparation.resuming(
                flow.plan(),
                new Shape(
                        1,
                        false,
                        new Channels(2, 1, Pace.of(1_000)),
                        new Shape.Chains(Shape.Stages.AS_NEEDED, false, false),
                        Owners.BY_HASH,
                        Openings.atOnce()),
                MemoryRecoveryStore.open(new MemoryDisk(), "flow", StoreOptions.defaults()),
                CodecRegistry.empty(),
                Map.of(),
                Preparation.Start.newest());
    }
}
