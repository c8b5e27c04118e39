package dev.waxwing.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.engine.jit.ClassCopies;
import dev.waxwing.engine.jit.ConstantSourceDriver;
import dev.waxwing.engine.jit.PlainSourceDriver;
import dev.waxwing.engine.link.DropLink;
import dev.waxwing.engine.link.SourceLink;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatelessSourcePartition;
import dev.waxwing.step.StepFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each call of a partition has an emitter of its own, whichever driver reads it. */
final class SourceCallsTest {

    private final Worker worker = HandHost.worker(new HandEpochs(), () -> {});
    private final SourceStage stage = new SourceStage(worker, 1, null, null, false);
    private final StepSite site =
            new StepSite(
                    new CoreStep(
                            0,
                            "flow.in",
                            "flow.in",
                            new CoreOperator.Redistribute(),
                            false,
                            List.of(),
                            null),
                    worker,
                    stage);
    private final List<String> all = new ArrayList<>();
    private final List<SourceEmitter<? super Object>> given = new ArrayList<>();
    private Runnable onItem = () -> {};

    enum Driver {
        FIRST,
        CONSTANT
    }

    @ParameterizedTest
    @EnumSource
    void partitionThatUsesItsOwnEmitterIsRead(Driver driver) {
        read(driver, out -> out.emit("item " + given.size()));

        assertThat(ListingLink.told(all)).containsExactly("item 1", "item 2", "end");
    }

    @ParameterizedTest
    @EnumSource
    void emitterOfAnEarlierCallIsRefused(Driver driver) {
        assertRefused(driver, out -> given.get(0).emit("item"), out -> {});
    }

    @ParameterizedTest
    @EnumSource
    void rejectOfAnEarlierCallIsRefused(Driver driver) {
        assertRefused(driver, out -> given.get(0).reject("?", new IOException()), out -> {});
    }

    @ParameterizedTest
    @EnumSource
    void emitterIsRefusedAfterItsCall(Driver driver) {
        read(driver, out -> out.emit("item"));

        assertThatThrownBy(() -> given.get(1).emit("late"))
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("step 'flow.in'");
    }

    @ParameterizedTest
    @EnumSource
    void emitterIsRefusedOnAnotherThread(Driver driver) {
        assertRefused(driver, out -> {}, out -> onThread(() -> out.emit("item")));
    }

    @ParameterizedTest
    @EnumSource
    void emitterIsRefusedToAStepBehind(Driver driver) {
        onItem =
                () -> {
                    onItem = () -> {};
                    given.get(given.size() - 1).emit("nested");
                };

        assertRefused(driver, out -> {}, out -> out.emit("item"));
    }

    @Test
    void driverOfAConstantIsOfAClassOfItsOwn() {
        assertThat(driver(Driver.CONSTANT).getClass()).isNotEqualTo(ConstantSourceDriver.class);
    }

    /* The second call does what is to be refused. */
    private void assertRefused(
            Driver driver,
            Consumer<SourceEmitter<? super Object>> second,
            Consumer<SourceEmitter<? super Object>> both) {
        assertThatThrownBy(
                        () ->
                                read(
                                        driver,
                                        out -> {
                                            if (given.size() == 1) {
                                                out.emit("first");
                                            } else {
                                                second.accept(out);
                                            }
                                            both.accept(out);
                                        }))
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("step 'flow.in'")
                .hasMessageContaining("outside of the call that the emitter was given to");
    }

    private void read(Driver driver, Consumer<SourceEmitter<? super Object>> call) {
        SourceDriver made = driver(driver);
        stage.start(
                chain(),
                site,
                new SourceLink(parts()),
                emitter -> new PlainSourceDriver(emitter, site),
                List.of(made, made),
                made);
        stage.add("part", null, new TwoCalls(call, given));
        while (!stage.isEnded()) {
            stage.run();
        }
    }

    private SourceDriver driver(Driver driver) {
        return driver == Driver.FIRST
                ? new PlainSourceDriver(new SourceLink(parts()), site)
                : new ClassCopies(true).driver(ConstantSourceDriver.class, parts());
    }

    private ListingLink chain() {
        return new ListingLink(all, () -> onItem.run());
    }

    private SourceLink.Parts parts() {
        return new SourceLink.Parts(
                chain(), new DropLink(site), site, site.counts(), stage.budget());
    }

    private static void onThread(Runnable work) {
        List<RuntimeException> thrown = new ArrayList<>();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                work.run();
                            } catch (RuntimeException e) {
                                thrown.add(e);
                            }
                        },
                        "elsewhere");
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        thrown.forEach(
                each -> {
                    throw each;
                });
    }

    /** Is called twice and has ended. */
    private record TwoCalls(
            Consumer<SourceEmitter<? super Object>> call, List<SourceEmitter<? super Object>> given)
            implements StatelessSourcePartition<Object> {

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Object> out) {
            given.add(out);
            call.accept(out);
            return given.size() < 2 ? SourceStatus.OPEN : SourceStatus.ENDED;
        }

        @Override
        public java.time.@Nullable Instant nextAwake() {
            return null;
        }
    }
}
