package dev.waxwing.engine.resume;

import dev.waxwing.function.TypeRef;
import dev.waxwing.internal.TypeArguments;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.TwoPhasePartition;
import java.lang.reflect.Method;
import java.lang.reflect.Type;

/** The types that an epoch sink keeps in the store, as its class tells them. */
final class SinkTypes {

    private SinkTypes() {}

    static Type item(EpochSink<?> sink) {
        TypeRef<?> told = sink.itemType();
        return told == null ? TypeArguments.of(sink.getClass(), EpochSink.class, 0) : told.type();
    }

    static Type committable(EpochSink<?> sink) {
        for (Method method : sink.getClass().getMethods()) {
            boolean builds =
                    method.getName().equals("buildPart")
                            && method.getParameterCount() == 2
                            && TwoPhasePartition.class.isAssignableFrom(method.getReturnType());
            if (builds && !method.isBridge()) {
                return TypeArguments.of(method.getGenericReturnType(), TwoPhasePartition.class, 1);
            }
        }
        return Object.class;
    }
}
