package dev.waxwing.cli;

import java.lang.reflect.Method;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Makes a method's arguments of the words of a command line. */
final class Arguments {

    private static final Map<Class<?>, Function<String, Object>> CONVERSIONS =
            Map.of(
                    String.class, text -> text,
                    Path.class, Path::of,
                    int.class, Integer::valueOf,
                    Integer.class, Integer::valueOf,
                    long.class, Long::valueOf,
                    Long.class, Long::valueOf,
                    double.class, Double::valueOf,
                    Double.class, Double::valueOf,
                    boolean.class, Arguments::truth,
                    Boolean.class, Arguments::truth);

    private Arguments() {}

    /**
     * Converts as many words as the method has parameters.
     *
     * @throws IllegalArgumentException if one cannot be converted; tells which
     */
    static Object[] convert(Method method, List<String> words) {
        Class<?>[] types = method.getParameterTypes();
        Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            arguments[i] = convert(method, i, types[i], words.get(i));
        }
        return arguments;
    }

    private static Object convert(Method method, int index, Class<?> type, String word) {
        String place = "argument " + (index + 1) + " of " + Candidates.text(method);
        Function<String, Object> conversion = CONVERSIONS.get(type);
        if (conversion == null) {
            throw new IllegalArgumentException(
                    place
                            + " is a "
                            + type.getSimpleName()
                            + ", which no word can be made into; use String, int, long, double,"
                            + " boolean or Path");
        }
        try {
            return conversion.apply(word);
        } catch (NumberFormatException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    place + " is a " + type.getSimpleName() + ", but '" + word + "' was given", e);
        }
    }

    private static Object truth(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        throw new NumberFormatException(text);
    }
}
