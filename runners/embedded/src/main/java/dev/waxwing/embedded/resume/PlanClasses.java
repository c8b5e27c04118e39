package dev.waxwing.embedded.resume;

import dev.waxwing.TypeRef;
import dev.waxwing.function.FunctionTypes;
import dev.waxwing.function.TypeArguments;
import dev.waxwing.plan.CoreOperator;
import dev.waxwing.plan.CoreStep;
import dev.waxwing.plan.Plan;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.codec.CodecRegistry;
import dev.waxwing.recovery.codec.StateCodec;
import dev.waxwing.source.FixedPartitionedSource;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The users' classes that a plan's functions and sources name in their signatures: these may be
 * stored where the type of a state cannot be told, and no others but registered ones.
 */
final class PlanClasses {

    private final Set<Class<?>> classes = new LinkedHashSet<>();

    private PlanClasses() {}

    /** Adds the classes of a plan to a registry. */
    static CodecRegistry addTo(CodecRegistry registry, Plan plan) {
        PlanClasses found = new PlanClasses();
        plan.coreSteps().forEach(found::scan);
        CodecRegistry all = registry;
        for (Class<?> type : found.classes) {
            if (isStorable(type, registry)) {
                all = all.with(type.getName(), type);
            }
        }
        return all;
    }

    /* Most of what flows is never state; what cannot be stored must not stop what can. */
    private static boolean isStorable(Class<?> type, CodecRegistry registry) {
        try {
            StateCodec.of(type, registry);
            return true;
        } catch (RecoveryException e) {
            return false;
        }
    }

    private void scan(CoreStep step) {
        CoreOperator operator = step.operator();
        if (operator instanceof CoreOperator.Input input) {
            add(TypeArguments.of(input.source().getClass(), FixedPartitionedSource.class, 0));
        } else if (operator instanceof CoreOperator.Transform transform) {
            scanFields(transform.kernel());
        } else if (operator instanceof CoreOperator.KeyedTransform transform) {
            scanFields(transform.kernel());
        } else if (operator instanceof CoreOperator.KeyOn keyOn) {
            scan(keyOn.key());
        } else if (operator instanceof CoreOperator.Async async) {
            scan(async.mapper());
        } else if (operator instanceof CoreOperator.Watermark watermark) {
            scan(watermark.timestamp());
        } else if (operator instanceof CoreOperator.Stateful stateful) {
            scan(stateful.spec().builder());
            scanFields(stateful.spec().builder());
        }
    }

    /* Kernels, and what builders and clocks of the library are made of, hold users' functions. */
    private void scanFields(Serializable holder) {
        for (Field field : holder.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && field.trySetAccessible()) {
                try {
                    if (field.get(holder) instanceof Serializable function) {
                        scan(function);
                        if (function.getClass().getName().startsWith("dev.waxwing.")) {
                            scanFields(function);
                        }
                    }
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(field + " is accessible", e);
                }
            }
        }
    }

    private void scan(Serializable function) {
        for (int i = 0; i < 3; i++) {
            add(FunctionTypes.parameter(function, i));
        }
        add(FunctionTypes.result(function));
    }

    private void add(@Nullable TypeRef<?> type) {
        if (type != null) {
            add(type.type());
        }
    }

    private void add(Type type) {
        if (type instanceof Class<?> found
                && (found.isRecord() || found.isEnum())
                && !found.getName().startsWith("dev.waxwing.operators.")) {
            classes.add(found);
        }
    }
}
