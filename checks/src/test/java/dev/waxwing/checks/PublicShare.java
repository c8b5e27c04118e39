package dev.waxwing.checks;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How much of a module everybody may call. A runner is measured together with the engine that it
 * hosts.
 *
 * @param open top-level types that are public in a package that is exported to everybody
 * @param all top-level types
 */
record PublicShare(int open, int all) {

    private static final String ENGINE = "engine";
    private static final String RUNNERS = "runners/";
    private static final String CONNECTORS = "connectors/";

    /** What a small connector may open: source, sink, item, and what is said of them. */
    private static final int OPEN_OF_A_CONNECTOR = 6;

    /** The shares of all modules that have a descriptor. */
    static SortedMap<String, PublicShare> of(Repository repository) {
        var arrows = ModuleArrows.of(repository);
        var shares = new TreeMap<String, PublicShare>();
        for (var module : repository.modules()) {
            descriptorIn(repository.classesOf(module))
                    .map(descriptor -> of(descriptor, arrows.classesOf(module)))
                    .ifPresent(share -> shares.put(module, share));
        }
        var engine = shares.getOrDefault(ENGINE, new PublicShare(0, 0));
        shares.replaceAll(
                (module, share) -> module.startsWith(RUNNERS) ? share.with(engine) : share);
        return shares;
    }

    /** The share of the types of both. */
    PublicShare with(PublicShare other) {
        return new PublicShare(open + other.open, all + other.all);
    }

    /** The share of the types of a module. */
    static PublicShare of(ModuleDescriptor module, Collection<JavaClass> classes) {
        var exported =
                module.exports().stream()
                        .filter(export -> !export.isQualified())
                        .map(ModuleDescriptor.Exports::source)
                        .collect(Collectors.toSet());
        var types =
                classes.stream()
                        .filter(JavaClass::isTopLevelClass)
                        .filter(type -> !type.getSimpleName().endsWith("-info"))
                        .toList();
        var open =
                types.stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(type -> exported.contains(type.getPackageName()))
                        .count();
        return new PublicShare((int) open, types.size());
    }

    /** What is said against the share, if the module has a limit and it is above. */
    List<String> violations(String module) {
        var limit = limitOf(module);
        var isSmall = module.startsWith(CONNECTORS) && open <= OPEN_OF_A_CONNECTOR;
        if (limit.isEmpty() || isSmall || 100L * open <= (long) limit.getAsInt() * all) {
            return List.of();
        }
        return List.of(
                ("module %s: everybody may call %d of %d top-level types, at most %d %% should be"
                                + " open; make a type package-private, or export its package to"
                                + " the modules that need it")
                        .formatted(module, open, all, limit.getAsInt()));
    }

    private static Optional<ModuleDescriptor> descriptorIn(Path classes) {
        var file = classes.resolve("module-info.class");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var in = Files.newInputStream(file)) {
            return Optional.of(ModuleDescriptor.read(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /* In percent; a module that is not named has no limit. */
    private static OptionalInt limitOf(String module) {
        if (module.startsWith(RUNNERS)) {
            return OptionalInt.of(10);
        }
        if (module.startsWith(CONNECTORS)) {
            return OptionalInt.of(30);
        }
        return switch (module) {
            case "core" -> OptionalInt.of(45);
            case ENGINE -> OptionalInt.of(0);
            default -> OptionalInt.empty();
        };
    }
}
