package dev.waxwing.internal;

import java.math.BigInteger;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The jars that a module calls, to say which of them does not fit: a build may take older ones than
 * the module was made with, and then classes and methods are missing. Immutable.
 *
 * @param purpose what does not work then, such as {@code JSON}
 * @param jars in order of how likely each is to be too old
 * @param advice what to do, a whole sentence
 */
public record NeededJars(String purpose, List<Jar> jars, String advice) {

    private static final Pattern VERSION = Pattern.compile("[\\d.]*");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    public NeededJars {
        jars = List.copyOf(jars);
    }

    /** What reads and writes JSON, whose annotations many builds have in older versions. */
    public static NeededJars jackson() {
        return new NeededJars(
                "JSON",
                List.of(
                        new Jar(
                                "jackson-annotations",
                                "2.21",
                                "com.fasterxml.jackson.annotation.JsonProperty"),
                        new Jar("jackson-databind", "3.1", "tools.jackson.databind.JsonNode"),
                        new Jar("jackson-core", "3.1", "tools.jackson.core.JsonParser")),
                "Give these versions in the dependencyManagement of your build, before the list that"
                        + " has other ones; where Spring Boot is the parent, by its property"
                        + " jackson-bom.version or jackson-2-bom.version");
    }

    /**
     * A jar that is needed.
     *
     * @param name of the artifact, such as {@code jackson-annotations}
     * @param version the oldest that will do
     * @param className a class that all versions have
     */
    public record Jar(String name, String version, String className) {

        private String found(ClassLoader loader) {
            Class<?> type;
            try {
                type = Class.forName(className, false, loader);
            } catch (ClassNotFoundException | LinkageError missing) {
                return "";
            }
            CodeSource source = type.getProtectionDomain().getCodeSource();
            String place = source == null ? "" : String.valueOf(source.getLocation());
            String version = version(type, place);
            return version + (place.isEmpty() ? "" : " (" + place + ")");
        }

        private String version(Class<?> type, String place) {
            Matcher inName =
                    Pattern.compile(Pattern.quote(name) + "-(\\d[^/!]*)\\.jar").matcher(place);
            if (inName.find()) {
                return inName.group(1);
            }
            String told = type.getPackage().getImplementationVersion();
            return told == null ? "one of an unknown version" : told;
        }

        /** What is wrong with the jar, as far as its version tells; empty if nothing is. */
        private String problem(ClassLoader loader) {
            String there = found(loader);
            if (there.isEmpty()) {
                return name + " " + version + " or newer is needed, and missing";
            }
            return isOlder(there, version)
                    ? name + " " + version + " or newer is needed, but there is " + there
                    : "";
        }
    }

    /**
     * Uses the jars as the module will.
     *
     * @param loader of the module
     * @return what is wrong with which jar, for a person; null if the probe could be linked
     */
    public @Nullable String problem(ClassLoader loader, Runnable probe) {
        try {
            probe.run();
            return null;
        } catch (LinkageError e) {
            return purpose + " cannot be used (" + e + "): " + causes(loader) + ". " + advice;
        }
    }

    private String causes(ClassLoader loader) {
        List<String> problems = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (Jar jar : jars) {
            String problem = jar.problem(loader);
            if (!problem.isEmpty()) {
                problems.add(problem);
            }
            all.add(jar.name() + " " + jar.found(loader));
        }
        return problems.isEmpty()
                ? "these do not go together: " + String.join(", ", all)
                : String.join("; ", problems);
    }

    /** Compares the numbers at the beginning, such as 2.18.2 and 2.21; false if there are none. */
    static boolean isOlder(String found, String wanted) {
        Matcher version = VERSION.matcher(found);
        Matcher theirs = NUMBER.matcher(version.lookingAt() ? version.group() : "");
        Matcher ours = NUMBER.matcher(wanted);
        while (ours.find() && theirs.find()) {
            int order = new BigInteger(theirs.group()).compareTo(new BigInteger(ours.group()));
            if (order != 0) {
                return order < 0;
            }
        }
        return false;
    }
}
