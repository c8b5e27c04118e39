package dev.waxwing.engine.compile;

import dev.waxwing.operators.Filter;
import dev.waxwing.state.StatefulLogic;

/** Whose code a step runs, and what it does. */
final class Code {

    private Code() {}

    /** Whether a kernel or a builder is the library's, which keeps no emitters. */
    static boolean isOfTheLibrary(Object code) {
        return code.getClass().getPackageName().equals(Filter.class.getPackageName());
    }

    /**
     * Whether logics hand on to nobody what they are given: those of the library that build others
     * like themselves call functions.
     */
    static boolean handsNothingOn(StatefulLogic.Builder<?, ?, ?, ?> builder) {
        return isOfTheLibrary(builder) && builder instanceof StatefulLogic;
    }

    /** Whether a class does something of its own in a method of a contract. */
    static boolean isOverridden(
            Class<?> type, Class<?> contract, String method, Class<?> parameter) {
        try {
            return type.getMethod(method, parameter).getDeclaringClass() != contract;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " is no " + contract.getSimpleName(), e);
        }
    }
}
