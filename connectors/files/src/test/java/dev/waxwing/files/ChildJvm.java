package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Another JVM of these classes.
 *
 * @param locale of the operating system
 * @param options of the JVM: zone, language and charset
 */
record ChildJvm(String locale, List<String> options) {

    /** In three time zones, two languages, and with charsets and locales that lose text. */
    static List<ChildJvm> all() {
        return List.of(
                of("C.UTF-8", "America/New_York", "tr-TR", "UTF-8"),
                of("C", "Europe/Berlin", "tr-TR", "ISO-8859-1"),
                of("C.UTF-8", "Asia/Kathmandu", "ar-EG", "UTF-8"),
                of("C", "America/New_York", "ar-EG", "US-ASCII"),
                of("C", "Europe/Berlin", "ar-EG", "UTF-8"),
                of("C.UTF-8", "Asia/Kathmandu", "tr-TR", "ISO-8859-1"));
    }

    private static ChildJvm of(String locale, String zone, String language, String charset) {
        boolean isArabic = language.startsWith("ar");
        return new ChildJvm(
                locale,
                List.of(
                        "-Duser.timezone=" + zone,
                        "-Duser.language=" + language.substring(0, 2),
                        "-Duser.country=" + language.substring(3),
                        "-Duser.extensions=u-nu-" + (isArabic ? "arab" : "latn"),
                        "-Dfile.encoding=" + charset));
    }

    /** Runs a program, which must end well; returns what it prints, in ASCII. */
    String run(Class<?> program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder child = new ProcessBuilder(command).redirectErrorStream(true);
        child.environment().put("LC_ALL", locale);
        Process process = child.start();
        String output =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
