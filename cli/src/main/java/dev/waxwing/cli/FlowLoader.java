package dev.waxwing.cli;

import dev.waxwing.Dataflow;
import dev.waxwing.plan.Plan;
import dev.waxwing.step.InvalidDataflowException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the method that a target names, calls it, and checks what it has built. */
final class FlowLoader {

    private static final String DEFAULT_METHOD = "flow";

    private final ClassLoader loader;

    FlowLoader(ClassLoader loader) {
        this.loader = loader;
    }

    /** {@code target} is {@code package.Class} or {@code package.Class:method}. */
    Plan load(String target, List<String> args) {
        int colon = target.indexOf(':');
        String className = colon < 0 ? target : target.substring(0, colon);
        String methodName = colon < 0 ? DEFAULT_METHOD : target.substring(colon + 1);
        requireName(target, className, "CLASS");
        requireName(target, methodName, "METHOD");
        Candidates candidates = new Candidates(find(className), methodName);
        Candidates.Call call = candidates.matching(args);
        return plan(call.method(), call(call));
    }

    private static void requireName(String target, String name, String what) {
        if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            throw CommandException.notLoaded(
                    "'"
                            + target
                            + "' is a path, but a class is needed; give its full name, like"
                            + " com.acme.Orders, and its directory or jar with --class-path");
        }
        boolean isName = !name.isEmpty() && !name.endsWith(".");
        for (String part : name.split("\\.", -1)) {
            isName &= isIdentifier(part);
        }
        if (!isName) {
            throw CommandException.notLoaded(
                    "'"
                            + target
                            + "' is not of the form CLASS[:METHOD], as '"
                            + name
                            + "' is no "
                            + what
                            + "; write for example com.acme.Orders or com.acme.Orders:daily");
        }
    }

    private static boolean isIdentifier(String part) {
        return !part.isEmpty()
                && Character.isJavaIdentifierStart(part.charAt(0))
                && part.chars().allMatch(Character::isJavaIdentifierPart);
    }

    private Class<?> find(String name) {
        try {
            return Class.forName(name, true, loader);
        } catch (ClassNotFoundException e) {
            throw CommandException.notLoaded(
                    "class '"
                            + name
                            + "' was not found; check the full name with its package, and give its"
                            + " jar or class directory with --class-path",
                    e);
        } catch (ExceptionInInitializerError e) {
            throw CommandException.notLoaded(
                    "class '"
                            + name
                            + "' could not be initialized, its static code threw "
                            + e.getCause(),
                    e);
        } catch (UnsupportedClassVersionError e) {
            throw CommandException.notLoaded(
                    "class '"
                            + name
                            + "' was compiled for a newer Java than the "
                            + Runtime.version().feature()
                            + " that runs this; use that one, or compile with --release "
                            + Runtime.version().feature(),
                    e);
        } catch (LinkageError e) {
            throw CommandException.notLoaded(
                    "class '"
                            + name
                            + "' was found, but cannot be used: "
                            + e
                            + "; give all that it needs with --class-path",
                    e);
        }
    }

    private static @Nullable Object call(Candidates.Call call) {
        Method method = call.method();
        try {
            return method.invoke(null, call.arguments());
        } catch (InvocationTargetException e) {
            Throwable thrown = Objects.requireNonNull(e.getCause());
            String what =
                    thrown instanceof InvalidDataflowException invalid
                            ? " built no valid dataflow: " + invalid.getMessage()
                            : " threw " + thrown;
            throw CommandException.notLoaded(Candidates.text(method) + what, thrown);
        } catch (IllegalAccessException e) {
            throw CommandException.notLoaded(
                    "class '"
                            + method.getDeclaringClass().getName()
                            + "' is not "
                            + (Modifier.isPublic(method.getDeclaringClass().getModifiers())
                                    ? "exported by its module; export its package"
                                    : "public; make it so"),
                    e);
        }
    }

    private static Plan plan(Method method, @Nullable Object result) {
        if (!(result instanceof Dataflow flow)) {
            throw CommandException.notLoaded(
                    Candidates.text(method)
                            + " returned "
                            + (result == null ? "null" : "a " + result.getClass().getName())
                            + ", but must return a dev.waxwing.Dataflow");
        }
        try {
            return flow.plan();
        } catch (InvalidDataflowException e) {
            throw CommandException.notLoaded(
                    Candidates.text(method) + " built no valid dataflow: " + e.getMessage(), e);
        }
    }
}
