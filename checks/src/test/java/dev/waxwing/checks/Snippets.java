package dev.waxwing.checks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Code in documentation that is taken from sources: {@code <!-- snippet: File.java#region -->} and
 * behind it a fenced block with the text between {@code // region region} and {@code // endregion}
 * of that file, without the indentation that all its lines have.
 */
final class Snippets {

    private static final Pattern MARK =
            Pattern.compile(
                    "(?m)^<!-- snippet: (\\S+?)#([\\w-]+) -->\\n(```java\\n(.*?)^```)?",
                    Pattern.DOTALL);

    private Snippets() {}

    /** Snippets of a Markdown text that are not what the source has. */
    static List<String> violations(Path root, Path file, String markdown) {
        var violations = new ArrayList<String>();
        for (var m = MARK.matcher(markdown); m.find(); ) {
            var name = m.group(1) + "#" + m.group(2);
            var source = root.resolve(m.group(1));
            var text = Files.exists(source) ? region(Repository.read(source), m.group(2)) : null;
            if (text == null) {
                violations.add("%s: snippet %s: there is no such region".formatted(file, name));
            } else if (m.group(4) == null) {
                violations.add("%s: snippet %s: no ```java block follows".formatted(file, name));
            } else if (!m.group(4).equals(text)) {
                violations.add(
                        "%s: snippet %s differs from its source; it should be:%n%s"
                                .formatted(file, name, text));
            }
        }
        return violations;
    }

    /** Whether there is Java that is not taken from sources. */
    static boolean hasOtherJava(String markdown) {
        return MARK.matcher(markdown).replaceAll("").contains("```java\n");
    }

    static int count(String markdown) {
        return (int) MARK.matcher(markdown).results().count();
    }

    /** The lines of a region, or null if the text does not have it. */
    static String region(String text, String name) {
        var lines = text.lines().toList();
        var start = lines.stream().map(String::strip).toList().indexOf("// region " + name);
        if (start < 0) {
            return null;
        }
        var region =
                lines.subList(start + 1, lines.size()).stream()
                        .takeWhile(line -> !line.strip().equals("// endregion"))
                        .toList();
        return String.join("\n", region).strip().isEmpty()
                ? null
                : String.join("\n", region).stripTrailing().stripIndent() + "\n";
    }
}
