package dev.waxwing.engine.resume;

import dev.waxwing.recovery.page.StateId;
import java.util.Set;

/**
 * The steps of which the user gives up what is stored and cannot be taken. Immutable.
 *
 * @param stepIds full ids
 */
record Drops(Set<String> stepIds) {

    /** Whether a state is of such a step, or of one inside of it. */
    boolean cover(StateId stored) {
        String path = stored.stepPath();
        return stepIds.stream().anyMatch(id -> path.equals(id) || path.startsWith(id + "."));
    }

    /** What to say to give up what is stored of a step. */
    static String advice(String stepId) {
        return "give up what is stored of it, once: in code by"
                + " RecoveryOptions.withResume(Resume.newest().withDropped(\""
                + stepId
                + "\")), on the command line by --drop-state \""
                + stepId
                + "\"";
    }
}
