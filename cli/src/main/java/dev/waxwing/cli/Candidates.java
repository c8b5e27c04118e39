package dev.waxwing.cli;

import dev.waxwing.Dataflow;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The methods of a class that could be meant by a name. */
final class Candidates {

    private final Class<?> type;
    private final String name;
    private final List<Method> methods;

    /**
     * Looks at the methods of a class.
     *
     * @throws CommandException if none of them can be called
     */
    Candidates(Class<?> type, String name) {
        this.type = type;
        this.name = name;
        List<Method> named =
                declared(type).filter(method -> method.getName().equals(name)).toList();
        if (named.isEmpty()) {
            throw CommandException.notLoaded(
                    "class '" + type.getName() + "' has no method '" + name + "'" + others());
        }
        this.methods = named.stream().filter(Candidates::isCallable).sorted(ORDER).toList();
        if (methods.isEmpty()) {
            throw CommandException.notLoaded(
                    text(named.get(0))
                            + " is not public and static; make it so, for it is called without an"
                            + " object");
        }
    }

    /** A method and what it is called with. */
    record Call(Method method, Object[] arguments) {}

    private static final Comparator<Method> ORDER =
            Comparator.comparing(Method::getParameterCount).thenComparing(Candidates::text);

    /** The first method whose parameters can take the arguments. */
    Call matching(List<String> args) {
        List<Method> fitting =
                methods.stream()
                        .filter(method -> method.getParameterCount() == args.size())
                        .toList();
        if (fitting.isEmpty()) {
            throw wrongArguments(
                    args.size() == 1
                            ? "1 argument was given"
                            : args.size() + " arguments were given");
        }
        List<String> problems = new ArrayList<>();
        for (Method method : fitting) {
            try {
                return new Call(method, Arguments.convert(method, args));
            } catch (IllegalArgumentException e) {
                problems.add(e.getMessage());
            }
        }
        throw wrongArguments(String.join("; ", problems));
    }

    /** A method as people write it: {@code Orders.daily(Path, int)}. */
    static String text(Method method) {
        return method.getDeclaringClass().getName()
                + "."
                + method.getName()
                + Stream.of(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    private CommandException wrongArguments(String problem) {
        return CommandException.notLoaded(
                "wrong arguments for '"
                        + name
                        + "' of class '"
                        + type.getName()
                        + "': "
                        + problem
                        + "; it can be called as"
                        + list(methods));
    }

    private String others() {
        List<Method> others =
                declared(type)
                        .filter(Candidates::isCallable)
                        .filter(method -> method.getReturnType() == Dataflow.class)
                        .sorted(ORDER)
                        .toList();
        return others.isEmpty()
                ? "; give it a public static method that returns a Dataflow"
                : "; name one of these after a colon" + list(others);
    }

    private static String list(List<Method> methods) {
        return methods.stream()
                .map(method -> System.lineSeparator() + "  " + text(method))
                .collect(Collectors.joining());
    }

    private static Stream<Method> declared(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods()).filter(method -> !method.isSynthetic());
    }

    private static boolean isCallable(Method method) {
        return Modifier.isStatic(method.getModifiers()) && Modifier.isPublic(method.getModifiers());
    }
}
