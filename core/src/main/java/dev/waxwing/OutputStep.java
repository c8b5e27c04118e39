package dev.waxwing;

import dev.waxwing.function.TypeRef;
import dev.waxwing.internal.TypeArguments;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.Sink;
import dev.waxwing.step.BatchOptions;
import dev.waxwing.step.DeadLetter;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.step.InvalidDataflowException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** A step that writes to a sink or calls a function with each item, for what may be said of it. */
public final class OutputStep {

    private final Dataflow flow;
    private final int coreIndex;

    OutputStep(Dataflow flow, int coreIndex) {
        this.flow = flow;
        this.coreIndex = coreIndex;
    }

    /** What to do when the sink or the function throws. */
    public OutputStep onFailure(FailurePolicy policy) {
        flow.onFailure(coreIndex, policy);
        return this;
    }

    /**
     * How many items the sink is given at once. Not for sinks that get decided epochs from the
     * store's outbox: those that are idempotent say themselves how many they send at once, and
     * transactional ones take an epoch as a whole. Nor for a function, which is called for each
     * item.
     */
    public OutputStep batched(BatchOptions options) {
        flow.batched(coreIndex, options);
        return this;
    }

    /**
     * What the sink would not take, or for what the function threw; needs a policy with dead
     * letters.
     */
    public Stream<DeadLetter> deadLetters() {
        return new Stream<>(flow, flow.deadLetters(coreIndex));
    }

    /** Says under which name the step's state was kept before it was renamed. */
    public OutputStep formerly(String formerName) {
        flow.formerly(coreIndex, formerName);
        return this;
    }

    /* Of the types of keys, a sink as such tells the compiler nothing. */
    static void checkKeys(CoreStep step, Sink<?> sink, @Nullable TypeRef<?> keyType) {
        Class<?> keys = keyType == null ? null : raw(keyType.type());
        Class<?> wanted = raw(TypeArguments.of(sink.getClass(), FixedPartitionedSink.class, 0));
        if (keys != null
                && wanted != null
                && !wanted.isAssignableFrom(keys)
                && !keys.isAssignableFrom(wanted)) {
            throw new InvalidDataflowException(
                    step.userStep(),
                    "step '"
                            + step.userStep()
                            + "': its sink chooses a partition by a "
                            + wanted.getName()
                            + ", but the stream's keys are of "
                            + keys.getName()
                            + "; give the values such keys with keyOn before this step");
        }
    }

    private static @Nullable Class<?> raw(Type type) {
        return type instanceof ParameterizedType generic
                ? (Class<?>) generic.getRawType()
                : type instanceof Class<?> plain ? plain : null;
    }
}
