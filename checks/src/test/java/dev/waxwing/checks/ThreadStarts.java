package dev.waxwing.checks;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where threads are started: by hosts of the engine, by the command, and where it is listed. */
final class ThreadStarts {

    /** Programs written with the library; they are as free as users' are. */
    private static final Set<String> PROGRAMS = Set.of("checks/benchmarks", "examples");

    private static final Map<String, String> LISTED =
            Map.of(
                    "dev.waxwing.jdbc.Connecting",
                    "a driver's connect has no deadline of its own and cannot be interrupted",
                    "dev.waxwing.files.InterruptibleInput",
                    "a read of standard input cannot be interrupted",
                    "dev.waxwing.testing.operators.KeptEmitterSpec",
                    "emits on a thread of the user, which runners have to refuse",
                    "dev.waxwing.testing.operators.HeldItemsSpec",
                    "completes calls on a thread of the user",
                    "dev.waxwing.testing.operators.MapAsyncSpec",
                    "completes calls on a thread of the user");

    private ThreadStarts() {}

    static ListedCalls rule() {
        return rule(LISTED);
    }

    static ListedCalls rule(Map<String, String> listed) {
        return new ListedCalls(
                "threads are started by hosts (runners/*) and the cli; take what may block to a"
                        + " lane or a call that completes elsewhere",
                ThreadStarts::isStart,
                listed);
    }

    /** The classes to which the rule applies. */
    static List<JavaClass> classes(ModuleArrows arrows) {
        return arrows.modules().stream()
                .filter(ThreadStarts::isBound)
                .flatMap(module -> arrows.classesOf(module).stream())
                .toList();
    }

    static boolean isBound(String module) {
        return !module.startsWith("runners/")
                && !module.equals("cli")
                && !PROGRAMS.contains(module);
    }

    private static boolean isStart(ListedCalls.Target target) {
        var owner = target.owner();
        var name = target.name();
        return switch (owner) {
            case "java.lang.Thread" ->
                    name.equals("<init>") || name.startsWith("of") || name.startsWith("start");
            case "java.util.Timer" -> name.equals("<init>");
            case "java.util.concurrent.CompletableFuture" -> usesPool(target);
            case "java.util.Collection" -> name.equals("parallelStream");
            default ->
                    owner.startsWith("java.lang.Thread$Builder")
                            || (owner.startsWith("java.util.stream.") && name.equals("parallel"))
                            || (owner.startsWith("java.util.concurrent.")
                                    && isPool(owner.substring(owner.lastIndexOf('.') + 1), name));
        };
    }

    private static boolean usesPool(ListedCalls.Target target) {
        return target.name().endsWith("Async")
                && !target.parameters().contains("java.util.concurrent.Executor");
    }

    private static boolean isPool(String type, String name) {
        return switch (type) {
            case "Executors" -> name.startsWith("new") || name.equals("defaultThreadFactory");
            case "ThreadFactory" -> name.equals("newThread");
            case "ThreadPoolExecutor", "ScheduledThreadPoolExecutor", "ForkJoinPool" ->
                    name.equals("<init>") || name.equals("commonPool");
            default -> false;
        };
    }
}
