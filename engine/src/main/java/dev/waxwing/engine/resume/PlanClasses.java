package dev.waxwing.engine.resume;

import dev.waxwing.function.TypeRef;
import dev.waxwing.internal.FunctionTypes;
import dev.waxwing.internal.HeldCode;
import dev.waxwing.internal.TypeArguments;
import dev.waxwing.join.Timestamps;
import dev.waxwing.plan.Plan;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.codec.StateCodec;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.Source;
import java.io.Serializable;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The users' classes that a plan's functions and sources name in their signatures: these may be
 * stored where the type of a state cannot be told, and no others but registered ones.
 */
final class PlanClasses {

    /*
     * What a function's signature names, and what can be stored, follows from the class alone, and takes a while to
     * find out. Each class remembers it for itself, so that nothing is kept longer than the class.
     */
    private static final ClassValue<AtomicReference<@Nullable List<Class<?>>>> NAMED =
            new ClassValue<>() {
                @Override
                protected AtomicReference<@Nullable List<Class<?>>> computeValue(Class<?> type) {
                    return new AtomicReference<>();
                }
            };
    private static final ClassValue<Boolean> STORABLE =
            new ClassValue<>() {
                @Override
                protected Boolean computeValue(Class<?> type) {
                    return isStorable(type, CodecRegistry.empty());
                }
            };

    private final Set<Class<?>> classes = new LinkedHashSet<>();

    private PlanClasses() {}

    /** Adds the classes of a plan to a registry. */
    static CodecRegistry addTo(CodecRegistry registry, Plan plan) {
        PlanClasses found = new PlanClasses();
        plan.coreSteps().forEach(found::scan);
        CodecRegistry all = registry;
        Set<Class<?>> left = new LinkedHashSet<>();
        for (Class<?> type : found.classes) {
            if (STORABLE.get(type)) {
                all = all.with(type.getName(), type);
            } else {
                left.add(type);
            }
        }
        return withOthers(all, left);
    }

    /* What is made of open types can be stored once a class of theirs can. */
    private static CodecRegistry withOthers(CodecRegistry registry, Set<Class<?>> types) {
        CodecRegistry all = registry;
        for (int before = -1; before != types.size() && !types.isEmpty(); ) {
            before = types.size();
            for (Class<?> type : List.copyOf(types)) {
                if (all != CodecRegistry.empty() && isStorable(type, all)) {
                    all = all.with(type.getName(), type);
                    types.remove(type);
                }
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
        Source<?> source = step.source();
        if (source != null) {
            Type item = TypeArguments.of(source.getClass(), FixedPartitionedSource.class, 0);
            if (item instanceof Class<?> found && isOfUsers(found)) {
                classes.add(found);
            }
        } else if (step.sink() == null) {
            HeldCode.of(step.operator()).forEach(this::scan);
        }
    }

    private void scan(Serializable function) {
        AtomicReference<@Nullable List<Class<?>>> known = NAMED.get(function.getClass());
        List<Class<?>> named = known.get();
        if (named == null) {
            named = named(function);
            known.set(named);
        }
        classes.addAll(named);
        if (function instanceof Timestamps timestamps) {
            timestamps.types().stream().filter(PlanClasses::isOfUsers).forEach(classes::add);
        }
    }

    private static List<Class<?>> named(Serializable function) {
        List<@Nullable TypeRef<?>> types = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            types.add(FunctionTypes.parameter(function, i));
        }
        types.add(FunctionTypes.result(function));
        List<Class<?>> named = new ArrayList<>();
        for (TypeRef<?> type : types) {
            if (type != null && type.type() instanceof Class<?> found && isOfUsers(found)) {
                named.add(found);
            }
        }
        return List.copyOf(named);
    }

    private static boolean isOfUsers(Class<?> type) {
        return (type.isRecord() || type.isEnum())
                && !type.getName().startsWith("dev.waxwing.operators.");
    }
}
