package dev.waxwing.checks;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitReferenceTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Calls that only listed classes may make, each for a reason of its own.
 *
 * @param rule what is said against a call, with the way out
 * @param calls the calls
 * @param reasons why a class may, by the name of its top-level class
 */
record ListedCalls(String rule, Predicate<Target> calls, Map<String, String> reasons) {

    ListedCalls {
        reasons = Map.copyOf(reasons);
    }

    /**
     * A method or a constructor.
     *
     * @param owner the name of the class by which it is called
     * @param name {@code <init>} for a constructor
     * @param parameters names of their types
     */
    record Target(String owner, String name, List<String> parameters) {

        String shown() {
            return owner + "." + name;
        }
    }

    /** What classes call that are not listed. */
    List<String> violations(Collection<JavaClass> classes) {
        return classes.stream()
                .filter(type -> !reasons.containsKey(topLevel(type)))
                .flatMap(
                        type ->
                                targets(type)
                                        .filter(calls)
                                        .map(
                                                target ->
                                                        "%s calls %s: %s"
                                                                .formatted(
                                                                        type.getName(),
                                                                        target.shown(),
                                                                        rule)))
                .distinct()
                .sorted()
                .toList();
    }

    /** Classes that are listed and, among these, make no such call. */
    List<String> unneeded(Collection<JavaClass> classes) {
        var callers =
                classes.stream()
                        .filter(type -> targets(type).anyMatch(calls))
                        .map(ListedCalls::topLevel)
                        .collect(Collectors.toSet());
        return reasons.keySet().stream()
                .filter(listed -> !callers.contains(listed))
                .map(listed -> listed + " is listed and makes no such call; delete the line")
                .sorted()
                .toList();
    }

    private static Stream<Target> targets(JavaClass type) {
        return Stream.concat(
                type.getCodeUnitCallsFromSelf().stream().map(call -> target(call.getTarget())),
                type.getCodeUnitReferencesFromSelf().stream()
                        .map(reference -> target(reference.getTarget())));
    }

    private static Target target(CodeUnitCallTarget called) {
        return new Target(
                called.getOwner().getName(),
                called.getName(),
                names(called.getRawParameterTypes()));
    }

    private static Target target(CodeUnitReferenceTarget referred) {
        return new Target(
                referred.getOwner().getName(),
                referred.getName(),
                names(referred.getRawParameterTypes()));
    }

    private static List<String> names(List<JavaClass> types) {
        return types.stream().map(JavaClass::getName).toList();
    }

    private static String topLevel(JavaClass type) {
        return type.getEnclosingClass().map(ListedCalls::topLevel).orElseGet(type::getName);
    }
}
