package dev.waxwing.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applications of users, packaged in each way, as they are compiled and run. */
final class PackagingTest {

    private static final String OPEN = "opens wordcount to dev.waxwing.core, dev.waxwing.recovery;";

    @TempDir Path folder;

    @Test
    void moduleCountsAndResumes() throws Exception {
        var application = Application.in(folder);
        var classes = application.compileModule(OPEN);

        assertCountsAndResumes(application, application.onModulePath(classes));
    }

    @Test
    void classPathCountsAndResumes() throws Exception {
        var application = Application.in(folder);
        var classes = application.compile();

        assertCountsAndResumes(application, application.onClassPath(classes));
    }

    @Test
    void fatJarCountsAndResumes() throws Exception {
        var application = Application.in(folder);
        var jar = FatJar.of(folder.resolve("all.jar"), application.withLibraries());

        assertCountsAndResumes(application, List.of("-cp", jar.toString(), "wordcount.Main"));
    }

    @Test
    void moduleOfTheCommandLineCountsAndResumes() throws Exception {
        var application = Application.in(folder);
        var classes = application.compile();

        assertCountsAndResumes(application, application.byCommandLine(classes));
    }

    @Test
    void closedPackageOfStateIsToldWithTheLineToAdd() throws Exception {
        var application = Application.in(folder);
        var classes = application.compileModule("opens wordcount to dev.waxwing.core;");
        application.write("a b\n");

        var run = application.run(application.onModulePath(classes));

        assertThat(run.exit()).isNotZero();
        assertThat(run.output())
                .contains("wordcount.Seen cannot be stored")
                .contains("'opens wordcount to dev.waxwing.recovery;'");
    }

    private static void assertCountsAndResumes(Application application, List<String> arguments)
            throws IOException, InterruptedException {
        var expected = new ArrayList<>(List.of("a 1", "b 1", "a 2"));
        application.write("a b a\n");
        assertThat(application.run(arguments)).isEqualTo(new Application.Run(0, ""));
        assertThat(Files.readAllLines(application.counts()))
                .containsExactlyInAnyOrderElementsOf(expected);

        application.write("b a c\n");
        assertThat(application.run(arguments)).isEqualTo(new Application.Run(0, ""));
        expected.addAll(List.of("b 2", "a 3", "c 1"));
        assertThat(Files.readAllLines(application.counts()))
                .containsExactlyInAnyOrderElementsOf(expected);
    }
}
