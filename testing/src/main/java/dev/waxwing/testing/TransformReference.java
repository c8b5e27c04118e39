package dev.waxwing.testing;

import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.KeyedKernel;
import dev.waxwing.kernel.Lifecycle;
import dev.waxwing.plan.core.CoreStep;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs a kernel, plain or keyed. */
final class TransformReference extends ReferenceStep {

    private final Lifecycle template;
    private final Attempts function = new Attempts(this, "the function");
    private @Nullable Lifecycle opened;

    TransformReference(CoreStep step, ReferenceTime time, Lifecycle template) {
        super(step, time);
        this.template = template;
    }

    @Override
    void open(@Nullable ReferenceStore store) {
        Lifecycle kernel = KernelCopies.copy(template);
        opened = kernel;
        new Attempts(this, "open")
                .opened(
                        () -> {
                            kernel.open(time.context(checks, step.userStep()));
                            return kernel;
                        });
    }

    @Override
    void onItem(@Nullable Object key, Object item) {
        function.forItem(key, item, out -> call(key, item, out));
    }

    @Override
    void onActivationEnd() {
        function.forNone(this::endActivation).pass();
    }

    @Override
    void close() throws Exception {
        if (opened != null) {
            opened.close();
        }
    }

    @SuppressWarnings("unchecked") // the stream that the kernel was given to had its types
    private void call(@Nullable Object key, Object item, ReferenceOutputs out) throws Exception {
        if (opened instanceof KeyedKernel<?, ?, ?> kernel) {
            ((KeyedKernel<Object, Object, Object>) kernel)
                    .onItem(Objects.requireNonNull(key), item, out);
        } else if (opened instanceof Kernel<?, ?> kernel) {
            ((Kernel<Object, Object>) kernel).onItem(item, out);
        }
    }

    @SuppressWarnings("unchecked") // as above
    private void endActivation(ReferenceOutputs out) throws Exception {
        if (opened instanceof KeyedKernel<?, ?, ?> kernel) {
            ((KeyedKernel<Object, Object, Object>) kernel).onActivationEnd(out);
        } else if (opened instanceof Kernel<?, ?> kernel) {
            ((Kernel<Object, Object>) kernel).onActivationEnd(out);
        }
    }
}
