package dev.waxwing.cli;

import dev.waxwing.plan.Plan;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which dataflow is meant: the parameters that {@code run} and {@code plan} have in common. */
final class FlowTarget {

    static final String EXAMPLE = "example";

    @Option(
            names = {"-cp", "--class-path"},
            paramLabel = "PATHS",
            description = "Jars and class directories of the dataflow, as for java.")
    private String classPath = "";

    @Parameters(
            index = "0",
            paramLabel = "CLASS[:METHOD]",
            description = {
                "A class and its public static method that returns the dataflow; flow if no method"
                        + " is given. Or the word example, and then a name that waxwing examples"
                        + " lists."
            })
    private String target = "";

    @Parameters(
            index = "1..*",
            paramLabel = "ARGS",
            description = {
                "Arguments of the method: String, int, long, double, boolean, Path. Put -- before"
                        + " those that begin with a hyphen."
            })
    private List<String> args = new ArrayList<>();

    /** Loads the dataflow. Its class loader is that of the calling thread from then on. */
    Plan load() {
        ClassLoader loader = FlowClassLoader.of(paths());
        Thread.currentThread().setContextClassLoader(loader);
        if (!target.equals(EXAMPLE)) {
            checkNoExample(loader);
            return new FlowLoader(loader).load(target, args);
        }
        if (args.isEmpty()) {
            throw CommandException.usage(
                    "which example? give its name after the word example; waxwing examples lists"
                            + " them");
        }
        NamedExample example = NamedExample.find(loader, args.get(0));
        return new FlowLoader(loader).load(example.target(), args.subList(1, args.size()));
    }

    private void checkNoExample(ClassLoader loader) {
        for (NamedExample example : NamedExample.all(loader)) {
            if (example.name().equals(target)) {
                throw CommandException.usage(
                        "'" + target + "' is an example; put the word example before its name");
            }
        }
    }

    private List<Path> paths() {
        List<Path> paths = new ArrayList<>();
        for (String path : classPath.split(File.pathSeparator, -1)) {
            if (!path.isEmpty()) {
                paths.add(Path.of(path));
            }
        }
        return paths;
    }
}
