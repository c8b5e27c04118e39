package dev.waxwing.engine.site;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tells whose code a worker's thread is in, for whoever finds that it does not return. Thread-safe.
 */
public final class Whereabouts {

    /*
     * Nothing is noted for an item. A link has a class of its own, so the innermost class of a link on the stack
     * of the thread names the step. Where links share a class, as those that are not copied do, what was noted at the
     * beginning of a batch, a slice or an attempt says which it is.
     */
    private static final String ENGINE = "dev.waxwing.engine.";

    private final Map<String, List<StepSite>> byClass = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable StepSite> noted = new AtomicReference<>();

    /** An object of the engine calls the code of a step. */
    public void add(Object caller, StepSite site) {
        List<StepSite> sites =
                byClass.computeIfAbsent(
                        caller.getClass().getName(), name -> new CopyOnWriteArrayList<>());
        if (!sites.contains(site)) {
            sites.add(site);
        }
    }

    /** Code of a step is called from now on; returns what was noted before. */
    public @Nullable StepSite note(@Nullable StepSite site) {
        StepSite before = noted.getPlain();
        noted.lazySet(site);
        return before;
    }

    /**
     * Whose code the thread is in: {@code step 'flow.count'}; null if it is in none.
     *
     * @param stack of the thread, the innermost call first
     */
    public @Nullable String in(StackTraceElement[] stack) {
        boolean inUsersCode = false;
        for (StackTraceElement frame : stack) {
            String name = frame.getClassName();
            List<StepSite> sites = byClass.get(name);
            if (sites != null) {
                return inUsersCode ? named(sites) : null;
            }
            if (!inUsersCode && isOfTheEngine(name)) {
                return null;
            }
            inUsersCode |= !isOfTheJdk(name);
        }
        return named(List.of());
    }

    private @Nullable String named(List<StepSite> sites) {
        StepSite site = noted.get();
        if (sites.size() == 1) {
            return named(sites.get(0));
        }
        if (site != null && (sites.isEmpty() || sites.contains(site))) {
            return named(site);
        }
        return sites.isEmpty()
                ? null
                : "one of the steps '"
                        + String.join("', '", sites.stream().map(StepSite::stepId).toList())
                        + "'";
    }

    private static String named(StepSite site) {
        return "step '" + site.stepId() + "'";
    }

    /* Classes of a host are not: they call no step. */
    private static boolean isOfTheEngine(String className) {
        return className.startsWith(ENGINE);
    }

    private static boolean isOfTheJdk(String className) {
        return className.startsWith("java.")
                || className.startsWith("jdk.")
                || className.startsWith("sun.");
    }
}
