package dev.waxwing.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A dataflow with a short name, out of a file {@code META-INF/waxwing/examples} on the class path:
 * lines of the form {@code name=package.Class:method description}.
 *
 * @param name of one word
 * @param target class and method
 * @param description one line; tells the arguments
 */
record NamedExample(String name, String target, String description) {

    private static final String FILE = "META-INF/waxwing/examples";

    /** All that a class loader can see, by name. */
    static List<NamedExample> all(ClassLoader loader) {
        List<NamedExample> examples = new ArrayList<>();
        try {
            for (URL file : Collections.list(loader.getResources(FILE))) {
                try (InputStream in = file.openStream()) {
                    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    text.lines()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                            .map(line -> parse(line, file))
                            .forEach(examples::add);
                }
            }
        } catch (IOException e) {
            throw CommandException.notLoaded("the list of examples cannot be read: " + e, e);
        }
        examples.sort(Comparator.comparing(NamedExample::name));
        return examples;
    }

    /** The example of a name. */
    static NamedExample find(ClassLoader loader, String name) {
        List<NamedExample> all = all(loader);
        return all.stream()
                .filter(example -> example.name.equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                CommandException.notLoaded(
                                        "there is no example '" + name + "'" + choices(all)));
    }

    private static String choices(List<NamedExample> all) {
        return all.isEmpty()
                ? "; there are none on the class path, build the examples first"
                : "; choose one of "
                        + all.stream().map(NamedExample::name).collect(Collectors.joining(", "));
    }

    private static NamedExample parse(String line, URL file) {
        int equals = line.indexOf('=');
        int blank = (line + " ").indexOf(' ');
        if (equals < 1 || blank < equals) {
            throw CommandException.notLoaded(
                    "'"
                            + line
                            + "' in "
                            + file
                            + " is not of the form name=package.Class:method description");
        }
        return new NamedExample(
                line.substring(0, equals),
                line.substring(equals + 1, blank),
                line.substring(blank).strip());
    }
}
