package dev.waxwing.engine.compile;

import dev.waxwing.engine.link.AllOutputs;
import dev.waxwing.engine.link.GuardedLink;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.function.Mapper;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.KeyedKernel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Attempts that a step with a policy makes for each item. */
final class Attempts {

    private Attempts() {}

    record OfKernel(Kernel<Object, Object> kernel) implements GuardedLink.Attempt {

        @Override
        public void onItem(@Nullable Object key, Object value, AllOutputs out) throws Exception {
            kernel.onItem(value, out);
        }

        @Override
        public void onActivationEnd(AllOutputs out) throws Exception {
            kernel.onActivationEnd(out);
        }
    }

    record OfKeyedKernel(KeyedKernel<Object, Object, Object> kernel)
            implements GuardedLink.Attempt {

        @Override
        public void onItem(@Nullable Object key, Object value, AllOutputs out) throws Exception {
            kernel.onItem(Objects.requireNonNull(key), value, out);
        }

        @Override
        public void onActivationEnd(AllOutputs out) throws Exception {
            kernel.onActivationEnd(out);
        }
    }

    record OfKey(Mapper<Object, Object> keyOf, StepSite site) implements GuardedLink.Attempt {

        @Override
        public void onItem(@Nullable Object key, Object value, AllOutputs out) throws Exception {
            out.emit(site.checkedKey(keyOf.map(value), value), value);
        }

        @Override
        public void onActivationEnd(AllOutputs out) {}
    }
}
