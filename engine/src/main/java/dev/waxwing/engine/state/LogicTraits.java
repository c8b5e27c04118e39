package dev.waxwing.engine.state;

import dev.waxwing.kernel.Outputs;
import dev.waxwing.state.StatefulLogic;

/** Which optional calls a class of logics wants, so that the others are never made. */
record LogicTraits(boolean timers, boolean watermarks, boolean activationEnd, boolean endOfInput) {

    /** Of a logic that only takes items. */
    static final LogicTraits NONE = new LogicTraits(false, false, false, false);

    private static final ClassValue<LogicTraits> OF =
            new ClassValue<>() {
                @Override
                protected LogicTraits computeValue(Class<?> type) {
                    return new LogicTraits(
                            overrides(type, "notifyAt") || overrides(type, "notifyAtMillis"),
                            overrides(type, "notifyAtWatermark"),
                            overrides(type, "onActivationEnd", Outputs.class),
                            overrides(type, "onEndOfInput", Outputs.class));
                }
            };

    static LogicTraits of(StatefulLogic<?, ?, ?> logic) {
        return OF.get(logic.getClass());
    }

    /** Whether the logic has to be called, or asked, at the end of an activation. */
    boolean wantsActivations(boolean askedAfterEachItem) {
        return activationEnd || (!askedAfterEachItem && (timers || watermarks));
    }

    private static boolean overrides(Class<?> type, String method, Class<?>... parameters) {
        try {
            return type.getMethod(method, parameters).getDeclaringClass() != StatefulLogic.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " is no StatefulLogic", e);
        }
    }
}
