package dev.waxwing.engine.site;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells of each step's first late value that nobody takes. Thread-safe. */
public final class LateWarnings {

    private final Set<Integer> told = ConcurrentHashMap.newKeySet();

    public void tell(StepSite site, Object value) {
        if (told.add(site.step().index())) {
            site.warnOfLate(value);
        }
    }
}
