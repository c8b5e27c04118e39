package dev.waxwing.checks;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Cycles between the packages of a module, of which none may be but those that are listed. */
final class PackageCycles {

    /** The knots that there are, by module; each is a set of packages that reach one another. */
    private static final Map<String, Set<Set<String>>> KNOTS =
            Map.of(
                    /* Each method of a stream leads to an operator, which makes streams. */
                    "core", Set.of(Set.of("dev.waxwing", "dev.waxwing.operators")));

    private PackageCycles() {}

    /**
     * The cycles of these classes that are not listed for a module, and listed ones that are gone.
     */
    static List<String> violations(String module, Collection<JavaClass> classes) {
        return violations(module, classes, KNOTS.getOrDefault(module, Set.of()));
    }

    static List<String> violations(
            String module, Collection<JavaClass> classes, Set<Set<String>> allowed) {
        var arrows = arrows(classes);
        var knots = knots(arrows);
        var violations = new ArrayList<String>();
        for (var knot : knots) {
            if (!allowed.contains(knot)) {
                violations.add(
                        "module %s: packages %s use one another in a cycle: %s; move a class"
                                .formatted(module, knot, witnesses(knot, arrows)));
            }
        }
        for (var knot : allowed) {
            if (!knots.contains(knot)) {
                violations.add(
                        "module %s: packages %s are listed as a cycle and are none; delete the line"
                                .formatted(module, new TreeSet<>(knot)));
            }
        }
        return violations;
    }

    /* For each package the packages that it uses, each with a dependency that shows it. */
    private static SortedMap<String, SortedMap<String, String>> arrows(
            Collection<JavaClass> classes) {
        var packages = classes.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
        var arrows = new TreeMap<String, SortedMap<String, String>>();
        packages.forEach(name -> arrows.put(name, new TreeMap<>()));
        for (var type : classes) {
            for (var dependency : type.getDirectDependenciesFromSelf()) {
                var used = dependency.getTargetClass().getBaseComponentType();
                var to = used.getPackageName();
                if (packages.contains(to) && !to.equals(type.getPackageName())) {
                    arrows.get(type.getPackageName())
                            .merge(
                                    to,
                                    type.getSimpleName() + " -> " + used.getSimpleName(),
                                    (one, other) -> one.compareTo(other) <= 0 ? one : other);
                }
            }
        }
        return arrows;
    }

    private static List<String> witnesses(
            Set<String> knot, Map<String, SortedMap<String, String>> arrows) {
        return knot.stream()
                .flatMap(
                        from ->
                                arrows.get(from).entrySet().stream()
                                        .filter(arrow -> knot.contains(arrow.getKey()))
                                        .map(Map.Entry::getValue))
                .toList();
    }

    private static List<SortedSet<String>> knots(
            SortedMap<String, SortedMap<String, String>> arrows) {
        return new Tarjan(arrows).knots();
    }

    /** Tarjan's strongly connected components (1972); those of one package are no knots. */
    private static final class Tarjan {

        private final Map<String, SortedMap<String, String>> arrows;
        private final Map<String, Integer> order = new HashMap<>();
        private final Map<String, Integer> lowest = new HashMap<>();
        private final Deque<String> open = new ArrayDeque<>();
        private final List<SortedSet<String>> knots = new ArrayList<>();

        Tarjan(Map<String, SortedMap<String, String>> arrows) {
            this.arrows = arrows;
        }

        List<SortedSet<String>> knots() {
            for (var name : arrows.keySet()) {
                if (!order.containsKey(name)) {
                    visit(name);
                }
            }
            return knots;
        }

        private void visit(String name) {
            order.put(name, order.size());
            lowest.put(name, order.get(name));
            open.push(name);
            for (var next : arrows.get(name).keySet()) {
                if (!order.containsKey(next)) {
                    visit(next);
                    lowest.merge(name, lowest.get(next), Math::min);
                } else if (open.contains(next)) {
                    lowest.merge(name, order.get(next), Math::min);
                }
            }
            if (lowest.get(name).equals(order.get(name))) {
                close(name);
            }
        }

        private void close(String name) {
            var knot = new TreeSet<String>();
            String last;
            do {
                last = open.pop();
                knot.add(last);
            } while (!last.equals(name));
            if (knot.size() > 1) {
                knots.add(knot);
            }
        }
    }
}
