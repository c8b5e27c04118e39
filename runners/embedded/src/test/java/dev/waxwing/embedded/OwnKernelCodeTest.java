package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.function.HoldsCode;
import dev.waxwing.function.Mapper;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes that only a function in a private field of a user's own kernel names. */
final class OwnKernelCodeTest {

    @TempDir private Path directory;

    private final TestSink<String> out = new TestSink<>();

    /** Anybody may implement it. */
    interface Discount {}

    record Percent(int percent) implements Discount {}

    /** Passes on what its function makes of an item, and tells nobody of the function. */
    static class Silent implements Kernel<Integer, Discount> {

        private static final long serialVersionUID = 1L;

        private final Mapper<Integer, Percent> mapper;

        Silent(Mapper<Integer, Percent> mapper) {
            this.mapper = mapper;
        }

        @Override
        public void onItem(Integer item, Outputs<? super Discount> out) throws Exception {
            out.emit(mapper.map(item));
        }
    }

    /** Does the same, and names its function. */
    static final class Telling extends Silent implements HoldsCode {

        private static final long serialVersionUID = 1L;

        private final Mapper<Integer, Percent> named;

        Telling(Mapper<Integer, Percent> mapper) {
            super(mapper);
            this.named = mapper;
        }

        @Override
        public List<Serializable> code() {
            return List.of(named);
        }
    }

    @Test
    void whatAFunctionThatIsNamedMakesIsStored() throws Exception {
        Runs.run(flow(new Telling(Percent::new)), options());
        Runs.run(flow(new Telling(Percent::new)), options());

        assertThat(out.committed()).containsExactly("null", "Percent[percent=1]");
    }

    @Test
    void whatAFunctionThatIsNotNamedMakesIsRefusedBeforeAnythingFlows() {
        assertThat(Runs.failure(flow(new Silent(Percent::new)), options()))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("step 'flow.step'")
                .hasMessageContaining(Discount.class.getName() + " cannot be stored")
                .hasMessageContaining("register its classes with RecoveryOptions.withClasses(...)")
                .hasMessageContaining("HoldsCode");
    }

    private final TestSource<Integer> source = TestSource.of(1, TestItems.endOfInput(), 2);

    private Dataflow flow(Kernel<Integer, Discount> kernel) {
        var flow = Dataflow.named("flow");
        flow.input("in", source)
                .transform("own", kernel)
                .<String>keyOn("key", discount -> "all")
                .<String, Discount>statefulMap(
                        "step",
                        (Discount before, Discount next) -> StateUpdate.keep(next, "" + before))
                .dropKey("plain")
                .output("out", out);
        return flow;
    }

    private EmbeddedOptions options() {
        return EmbeddedOptions.defaults().withRecovery(RecoveryOptions.in(directory));
    }
}
