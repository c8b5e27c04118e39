package dev.waxwing.checks;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may see whom: the compile dependencies between modules, and of modules on libraries. */
final class ModuleArrows {

    /**
     * What the main code of a module may use beside itself and the JDK.
     *
     * @param modules of ours
     * @param libraries the beginnings of package names
     */
    record Allowed(Set<String> modules, Set<String> libraries) {}

    private static final String OURS = "dev.waxwing.";
    private static final Set<String> JDK =
            Set.of("java.", "javax.", "jdk.", "com.sun.net.", "sun.");
    private static final String NULL_MARKS = "org.jspecify.";

    private static final Map<String, Allowed> ALLOWED =
            Map.ofEntries(
                    Map.entry("core", new Allowed(Set.of(), Set.of())),
                    Map.entry("recovery", new Allowed(Set.of("core"), Set.of())),
                    Map.entry(
                            "recovery/sqlite",
                            new Allowed(Set.of("core", "recovery"), Set.of("org.sqlite."))),
                    Map.entry(
                            "engine",
                            new Allowed(Set.of("core", "recovery"), Set.of("org.jctools."))),
                    Map.entry(
                            "runners/embedded",
                            new Allowed(Set.of("core", "recovery", "engine"), Set.of())),
                    Map.entry(
                            "connectors/files",
                            new Allowed(
                                    Set.of("core"),
                                    Set.of("tools.jackson.", "com.fasterxml.jackson.annotation."))),
                    Map.entry(
                            "connectors/http",
                            new Allowed(
                                    Set.of("core"),
                                    Set.of("tools.jackson.", "com.fasterxml.jackson.annotation."))),
                    Map.entry(
                            "connectors/jdbc",
                            new Allowed(Set.of("core"), Set.of("org.postgresql."))),
                    Map.entry(
                            "testing",
                            new Allowed(Set.of("core"), Set.of("org.junit.", "org.assertj."))),
                    Map.entry(
                            "testing/simulation",
                            new Allowed(
                                    Set.of(
                                            "core",
                                            "recovery",
                                            "engine",
                                            "runners/embedded",
                                            "testing"),
                                    Set.of("org.junit.", "org.assertj."))),
                    Map.entry(
                            "cli",
                            new Allowed(
                                    Set.of(
                                            "core",
                                            "recovery",
                                            "recovery/sqlite",
                                            "runners/embedded",
                                            "connectors/files"),
                                    Set.of("picocli.", "org.jline."))),
                    Map.entry(
                            "examples",
                            new Allowed(
                                    Set.of(
                                            "core",
                                            "recovery",
                                            "runners/embedded",
                                            "connectors/files"),
                                    Set.of())),
                    Map.entry(
                            "checks/benchmarks",
                            new Allowed(
                                    Set.of(
                                            "core",
                                            "recovery",
                                            "runners/embedded",
                                            "connectors/files",
                                            "connectors/http",
                                            "connectors/jdbc"),
                                    Set.of(
                                            "org.jctools.",
                                            "com.sun.management.",
                                            "io.zonky.",
                                            "org.postgresql."))));

    private static final Allowed NEW_CONNECTOR = new Allowed(Set.of("core"), Set.of(""));

    private final Map<String, String> moduleOf = new HashMap<>();
    private final Map<String, List<JavaClass>> classesOf = new HashMap<>();

    private ModuleArrows() {}

    /** Reads the compiled main code of all modules. */
    static ModuleArrows of(Repository repository) {
        var arrows = new ModuleArrows();
        for (var module : repository.modules()) {
            var folder = repository.classesOf(module);
            if (Files.isDirectory(folder)) {
                var classes = List.copyOf(new ClassFileImporter().importPath(folder));
                arrows.classesOf.put(module, classes);
                classes.forEach(type -> arrows.moduleOf.put(type.getName(), module));
            }
        }
        return arrows;
    }

    Set<String> modules() {
        return classesOf.keySet();
    }

    /** The compiled main code of a module; empty if there is none. */
    List<JavaClass> classesOf(String module) {
        return classesOf.getOrDefault(module, List.of());
    }

    int classCount() {
        return moduleOf.size();
    }

    List<String> violations() {
        return classesOf.entrySet().stream()
                .flatMap(module -> violations(module.getKey(), module.getValue()).stream())
                .sorted()
                .toList();
    }

    /** Libraries that a module may use and does not. */
    List<String> unused() {
        return classesOf.entrySet().stream()
                .flatMap(module -> unused(module.getKey(), module.getValue()).stream())
                .sorted()
                .toList();
    }

    /** Libraries that this module may use and these classes do not. */
    List<String> unused(String module, List<JavaClass> classes) {
        var used = classes.stream().flatMap(ModuleArrows::uses).collect(Collectors.toSet());
        return allowedTo(module).libraries().stream()
                .filter(library -> used.stream().noneMatch(name -> name.startsWith(library)))
                .map(library -> "module %s: %s* is allowed and not used".formatted(module, library))
                .toList();
    }

    /** What these classes may not use if they are in this module. */
    List<String> violations(String module, List<JavaClass> classes) {
        return classes.stream().flatMap(type -> violations(module, type)).toList();
    }

    private Stream<String> violations(String module, JavaClass type) {
        return uses(type)
                .filter(used -> !mayUse(module, used))
                .map(
                        used ->
                                "module %s: %s may not use %s; if the module should, list it in ModuleArrows"
                                        .formatted(module, type.getName(), used));
    }

    private static Stream<String> uses(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(used -> !used.isPrimitive())
                .map(JavaClass::getName)
                .distinct();
    }

    private boolean mayUse(String module, String used) {
        if (used.startsWith(OURS)) {
            var usedModule = moduleOf.get(used);
            return module.equals(usedModule) || allowedTo(module).modules().contains(usedModule);
        }
        return used.startsWith("java.")
                || used.startsWith(NULL_MARKS)
                || allowedTo(module).libraries().stream().anyMatch(used::startsWith)
                || (!module.equals("core") && JDK.stream().anyMatch(used::startsWith));
    }

    /* A new connector sees the core and its client; any other new module sees nothing. */
    private static Allowed allowedTo(String module) {
        var unknown =
                module.startsWith("connectors/") ? NEW_CONNECTOR : new Allowed(Set.of(), Set.of());
        return ALLOWED.getOrDefault(module, unknown);
    }
}
