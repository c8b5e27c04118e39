package dev.waxwing;

import dev.waxwing.step.InvalidDataflowException;
import org.jspecify.annotations.Nullable;

/** The rules for names of dataflows and steps. */
final class Names {

    private Names() {}

    static String checkDataflow(@Nullable String name) {
        if (name == null) {
            throw new InvalidDataflowException(
                    null, "the name of a dataflow must not be null; give it one");
        }
        check(null, "the name of a dataflow", name);
        return name;
    }

    static void checkStep(String parentId, @Nullable String name) {
        if (name == null) {
            throw new InvalidDataflowException(
                    parentId,
                    "the name of a step in '" + parentId + "' must not be null; give it one");
        }
        check(parentId, "the name of a step in '" + parentId + "'", name);
    }

    private static void check(@Nullable String stepId, String subject, String name) {
        if (name.isBlank()) {
            throw new InvalidDataflowException(stepId, subject + " must not be empty; give it one");
        }
        if (name.indexOf('.') >= 0) {
            throw new InvalidDataflowException(
                    stepId,
                    subject
                            + " must not contain a period, but was '"
                            + name
                            + "'; periods separate the names of nested steps in ids");
        }
        for (int i = 0; i < name.length(); i++) {
            if (Character.isISOControl(name.charAt(i)) || name.charAt(i) == '"') {
                throw new InvalidDataflowException(
                        stepId,
                        subject
                                + " must not contain quotes or control characters, but was '"
                                + name
                                + "'; messages and pictures show names within quotes, so leave them"
                                + " out");
            }
        }
    }
}
