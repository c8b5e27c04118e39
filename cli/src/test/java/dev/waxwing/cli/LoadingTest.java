package dev.waxwing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** X09 and X10: how a dataflow is found by the name of its class, and what is said if it is not. */
final class LoadingTest {

    private static final String FLOWS = Flows.class.getName();

    @TempDir Path directory;

    @Test
    void x09_methodFlowIsTheDefault() {
        assertThat(Cli.run("plan", FLOWS)).isEqualTo(Cli.run("plan", FLOWS + ":flow"));
    }

    @Test
    void x09_wordsBecomeArgumentsOfTheMethod() {
        Cli.Result result =
                Cli.run("plan", FLOWS + ":typed", "a", "7", "8", "2.5", "true", "x/y.txt");

        assertThat(result.out()).startsWith("flowchart TD\nsubgraph \"a|7|8|2_5|true|x/y_txt ");
    }

    @Test
    void x09_argumentsAfterTwoHyphensMayBeginWithOne() {
        Cli.Result result = Cli.run("plan", FLOWS + ":either", "--", "-5");

        assertThat(result.out()).contains("\"int|-5|0|");
    }

    @Test
    void x09_overloadIsChosenByWhatTheArgumentsCanBe() {
        assertThat(Cli.run("plan", FLOWS + ":either", "3").out()).contains("\"int|3|");
        assertThat(Cli.run("plan", FLOWS + ":either", "true").out()).contains("|true|");
    }

    @Test
    void x09_classOfAClassPathIsContextOfTheExecution() throws Exception {
        assertRunsFrom(compiledElsewhere().toString());
    }

    @Test
    void x09_classOfAJar() throws Exception {
        assertRunsFrom(jar(compiledElsewhere()).toString());
    }

    @Test
    void x09_classOfAJarAmongAllOfADirectory() throws Exception {
        Path jar = jar(compiledElsewhere());

        assertRunsFrom(jar.resolveSibling("*").toString());
    }

    private void assertRunsFrom(String classPath) throws Exception {
        Path in = Files.writeString(directory.resolve("in"), "Elsewhere\n");
        Path out = directory.resolve("out");

        Cli.Result result = Cli.run("run", "-cp", classPath, "Elsewhere", "" + in, "" + out);

        assertThat(result.err()).contains("'elsewhere' completed").doesNotContain("\tat ");
        assertThat(Files.readAllLines(out)).containsExactly("Elsewhere!");
    }

    private Path compiledElsewhere() throws Exception {
        Path source = Files.createDirectory(directory.resolve("src")).resolve("Elsewhere.java");
        Files.writeString(
                source,
                """
                import dev.waxwing.Dataflow;
                import dev.waxwing.files.TextFiles;
                import java.nio.file.Path;

                public class Elsewhere {
                    public static Dataflow flow(Path in, Path out) {
                        Dataflow flow = Dataflow.named("elsewhere");
                        flow.input("in", TextFiles.lines(in))
                                .map("load", name -> Thread.currentThread().getContextClassLoader()
                                        .loadClass(name).getSimpleName() + "!")
                                .output("out", TextFiles.append(out));
                        return flow;
                    }
                }
                """);
        Path classes = Files.createDirectory(directory.resolve("classes"));
        compile(source, classes);
        return classes;
    }

    /* Packs class files that are in the unnamed package. */
    private Path jar(Path classes) throws Exception {
        Path jar = Files.createDirectory(directory.resolve("lib")).resolve("elsewhere.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var files = Files.newDirectoryStream(classes, "*.class")) {
            for (Path file : files) {
                out.putNextEntry(new JarEntry(file.getFileName().toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
        return jar;
    }

    @Test
    void x10_classThatIsNotThere() {
        assertRefused(
                List.of("com.acme.Nowhere"),
                "class 'com.acme.Nowhere' was not found; check the full name with its package, and"
                        + " give its jar or class directory with --class-path");
    }

    @Test
    void x10_pathInsteadOfAClass() {
        assertRefused(
                List.of("src/Orders.java"),
                "'src/Orders.java' is a path, but a class is needed; give its full name, like"
                        + " com.acme.Orders, and its directory or jar with --class-path");
    }

    @Test
    void x10_targetOfAnotherForm() {
        assertRefused(
                List.of("com.acme.Orders:build(3)"),
                "'com.acme.Orders:build(3)' is not of the form CLASS[:METHOD], as 'build(3)' is no"
                        + " METHOD; write for example com.acme.Orders or com.acme.Orders:daily");
    }

    @Test
    void x10_classPathEntryThatIsNotThere() {
        assertRefused(
                List.of("-cp", "nowhere.jar", FLOWS),
                "class path entry 'nowhere.jar' does not exist; give the jar or the class directory"
                        + " of the dataflow, after building it");
    }

    @Test
    void x10_classThatCannotBeInitialized() {
        assertThat(Cli.run("plan", "dev.waxwing.cli.BrokenFlows").err())
                .isEqualTo(
                        "waxwing: class 'dev.waxwing.cli.BrokenFlows' could not be initialized, its"
                                + " static code threw java.lang.NumberFormatException: For input"
                                + " string: \"none\"\n");
    }

    @Test
    void x10_methodThatIsNotThereListsThoseThatAre() {
        Cli.Result result = Cli.run("plan", FLOWS + ":nightly");

        assertThat(result.exitCode()).isEqualTo(ExitCodes.NOT_LOADED);
        assertThat(result.err())
                .startsWith(
                        "waxwing: class 'dev.waxwing.cli.Flows' has no method 'nightly'; name one"
                                + " of these after a colon\n"
                                + "  dev.waxwing.cli.Flows.flow()\n")
                .contains("  dev.waxwing.cli.Flows.copy(Path, Path)\n");
    }

    @Test
    void x10_methodThatIsNotPublic() {
        assertRefused(
                List.of(FLOWS + ":hidden"),
                "dev.waxwing.cli.Flows.hidden() is not public and static; make it so, for it is"
                        + " called without an object");
    }

    @Test
    void x10_wrongNumberOfArgumentsListsTheSignatures() {
        assertRefused(
                List.of(FLOWS + ":copy", "in.txt"),
                "wrong arguments for 'copy' of class 'dev.waxwing.cli.Flows': 1 argument was"
                        + " given; it can be called as\n"
                        + "  dev.waxwing.cli.Flows.copy(Path, Path)");
    }

    @Test
    void x10_argumentThatCannotBeConverted() {
        assertRefused(
                List.of(FLOWS + ":either", "three"),
                "wrong arguments for 'either' of class 'dev.waxwing.cli.Flows': argument 1 of"
                        + " dev.waxwing.cli.Flows.either(boolean) is a boolean, but 'three' was"
                        + " given; argument 1 of dev.waxwing.cli.Flows.either(int) is a int, but"
                        + " 'three' was given; it can be called as\n"
                        + "  dev.waxwing.cli.Flows.either(boolean)\n"
                        + "  dev.waxwing.cli.Flows.either(int)");
    }

    @Test
    void x10_parameterOfATypeThatWordsCannotBe() {
        assertThat(Cli.run("plan", FLOWS + ":every", "1s").err())
                .contains("is a Duration, which no word can be made into; use String, int");
    }

    @Test
    void x10_methodThatThrows() {
        assertRefused(
                List.of(FLOWS + ":throwing"),
                "dev.waxwing.cli.Flows.throwing() threw java.lang.IllegalStateException: no luck"
                        + " today");
    }

    @Test
    void x10_methodThatReturnsNull() {
        assertRefused(
                List.of(FLOWS + ":nothing"),
                "dev.waxwing.cli.Flows.nothing() returned null, but must return a"
                        + " dev.waxwing.Dataflow");
    }

    @Test
    void x10_methodThatReturnsSomethingElse() {
        assertRefused(
                List.of(FLOWS + ":text"),
                "dev.waxwing.cli.Flows.text() returned a java.lang.String, but must return a"
                        + " dev.waxwing.Dataflow");
    }

    @Test
    void x10_dataflowThatIsNotValid() {
        assertThat(Cli.run("plan", FLOWS + ":unfinished").err())
                .startsWith(
                        "waxwing: dev.waxwing.cli.Flows.unfinished() built no valid dataflow: ");
        assertThat(Cli.run("plan", FLOWS + ":twice").err())
                .startsWith("waxwing: dev.waxwing.cli.Flows.twice() built no valid dataflow: ")
                .contains("already has a step 'twice.a'");
    }

    @Test
    void x10_stackTraceIsShownOnlyIfAskedFor() {
        assertThat(Cli.run("plan", FLOWS + ":throwing").err()).doesNotContain("\tat ");
        assertThat(Cli.run("plan", "--stack-traces", FLOWS + ":throwing").err())
                .contains("IllegalStateException: no luck today\n\tat " + FLOWS + ".throwing");
    }

    @Test
    void examplesAreListedByName() {
        assertThat(Cli.run("examples").out())
                .isEqualTo(
                        "NAME\tDATAFLOW\tDESCRIPTION\n"
                                + "nothing\tdev.waxwing.cli.Flows:nothing\treturns no dataflow\n"
                                + "word-copy\tdev.waxwing.cli.Flows:copy\tcopies lines; give an"
                                + " input file and an output file\n");
    }

    @Test
    void exampleIsFoundByName() {
        assertThat(Cli.run("plan", "example", "word-copy", "a", "b"))
                .isEqualTo(Cli.run("plan", FLOWS + ":copy", "a", "b"));
    }

    @Test
    void nameOfAnExampleWithoutTheWordExampleTellsWhatToWrite() {
        assertThat(Cli.run("run", "word-copy").err())
                .startsWith(
                        "waxwing: 'word-copy' is an example; put the word example before its name");
    }

    @Test
    void exampleThatIsNotThereListsThoseThatAre() {
        assertRefused(
                List.of("example", "word-cuont"),
                "there is no example 'word-cuont'; choose one of nothing, word-copy");
    }

    private static void assertRefused(List<String> args, String message) {
        Cli.Result plan = Cli.run(withCommand("plan", args));
        Cli.Result run = Cli.run(withCommand("run", args));

        assertThat(plan)
                .isEqualTo(new Cli.Result(ExitCodes.NOT_LOADED, "", "waxwing: " + message + "\n"));
        assertThat(run).isEqualTo(plan);
    }

    private static String[] withCommand(String command, List<String> args) {
        List<String> all = new java.util.ArrayList<>(args);
        all.add(0, command);
        return all.toArray(String[]::new);
    }

    private static void compile(Path source, Path classes) {
        String classPath = System.getProperty("java.class.path");
        int code =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-proc:none",
                                "-cp",
                                classPath,
                                "-d",
                                "" + classes,
                                "" + source);
        assertThat(code).isZero();
    }
}
