package dev.waxwing.cli.kill;

import java.util.Arrays;

/**
 * A place in the code that an execution comes to.
 *
 * @param className binary name
 * @param methodName all overloads are meant
 * @param edge of the method
 */
record CodePoint(String className, String methodName, Edge edge) {

    /** Where in a method. */
    enum Edge {
        /** Before anything of it is done. */
        ENTRY,
        /** When it has returned, or thrown, and its caller has not gone on. */
        EXIT
    }

    /** Whether there is such a method. */
    boolean exists() {
        try {
            Class<?> found = Class.forName(className, false, getClass().getClassLoader());
            return Arrays.stream(found.getDeclaredMethods())
                    .anyMatch(method -> method.getName().equals(methodName));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
