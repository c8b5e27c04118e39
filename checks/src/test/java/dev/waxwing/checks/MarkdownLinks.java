package dev.waxwing.checks;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Links of a Markdown text that lead into the repository. */
final class MarkdownLinks {

    private static final Pattern CODE = Pattern.compile("(?ms)^\\s*```.*?^\\s*```|`[^`\n]*`");
    private static final Pattern LINK = Pattern.compile("\\]\\(\\s*<?([^)\\s>]+)>?[^)]*\\)");
    private static final Pattern OUTSIDE = Pattern.compile("^(?:[a-z][a-z0-9+.-]*:|//).*");

    private MarkdownLinks() {}

    /** Links to files that do not exist. */
    static List<String> broken(Path file, String text) {
        return LINK.matcher(CODE.matcher(text).replaceAll(" "))
                .results()
                .map(match -> match.group(1))
                .filter(link -> !OUTSIDE.matcher(link).matches())
                .filter(link -> !exists(file, link))
                .map(link -> "%s links to '%s', which does not exist".formatted(file, link))
                .toList();
    }

    private static boolean exists(Path file, String link) {
        var fragment = link.indexOf('#');
        var path =
                URLDecoder.decode(
                        fragment < 0 ? link : link.substring(0, fragment), StandardCharsets.UTF_8);
        return path.isEmpty() || Files.exists(file.resolveSibling(path));
    }
}
