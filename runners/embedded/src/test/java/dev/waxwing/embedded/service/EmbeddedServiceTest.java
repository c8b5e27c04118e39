package dev.waxwing.embedded.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.RestartPolicy;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.recovery.RecoveryOptions.Resume;
import dev.waxwing.run.Execution;
import dev.waxwing.run.Runner;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class EmbeddedServiceTest {

    @Test
    void dataflowIsRunByTheRunnerOfAName() throws Exception {
        TestSink<Integer> out = new TestSink<>();
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", TestSource.of(1, 2, 3)).map("twice", n -> n * 2).output("out", out);

        try (Execution execution =
                Runner.named("embedded")
                        .start(flow.plan(), Runner.Settings.none().with("workers", "2"))) {
            execution.await();
        }

        assertThat(out.committed()).containsExactlyInAnyOrder(2, 4, 6);
    }

    @Test
    void runnerIsFoundWhereTheContextClassLoaderSeesNone() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader empty = new URLClassLoader(new URL[0], null)) {
            thread.setContextClassLoader(empty);
            assertThat(Runner.named("embedded").name()).isEqualTo("embedded");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void runnerThatIsNotThereIsNamedWithThoseThatAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Runner.named("flink"))
                .withMessageStartingWith("there is no runner 'flink' on the class path, but")
                .withMessageContaining("there are: embedded;");
    }

    @Test
    void eachSettingBecomesItsOption() {
        Runner.Settings settings =
                Runner.Settings.none()
                        .with("workers", "3")
                        .with("restarts", "2")
                        .with("recovery.directory", "state")
                        .with("recovery.epoch-interval", "PT0.05S")
                        .with("recovery.retention", "PT1H")
                        .with("recovery.replay-from", "7")
                        .with("recovery.allow-changed-partitions", "true")
                        .with("recovery.adopt", "true")
                        .with("recovery.take-over", "true")
                        .with("recovery.drop-state", "flow.a", "flow.b");

        assertThat(EmbeddedService.options(settings))
                .usingRecursiveComparison()
                .isEqualTo(
                        EmbeddedOptions.defaults()
                                .withWorkers(3)
                                .withRestarts(RestartPolicy.upTo(2))
                                .withRecovery(
                                        RecoveryOptions.in(Path.of("state"))
                                                .withEpochInterval(Duration.ofMillis(50))
                                                .withRetention(Duration.ofHours(1))
                                                .withResume(
                                                        Resume.replay(7)
                                                                .withChangedParts()
                                                                .withAdoption()
                                                                .withTakeOver()
                                                                .withDropped("flow.a")
                                                                .withDropped("flow.b"))));
        assertThat(EmbeddedService.options(Runner.Settings.none()))
                .usingRecursiveComparison()
                .isEqualTo(EmbeddedOptions.defaults());
    }

    @Test
    void wrongSettingsAreRefusedBeforeAnythingStarts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options("worker", "2"))
                .withMessageContaining("runner 'embedded' has no setting 'worker'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options("workers", "0"))
                .withMessageContaining("workers must be 1 to 1024, but was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options("workers", "4294967297"))
                .withMessageContaining("'workers' must be a smaller number, but was 4294967297");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options("recovery.adopt", "true"))
                .withMessageContaining(
                        "'recovery.adopt' has no meaning without 'recovery.directory'");
    }

    private static void options(String name, String value) {
        EmbeddedService.options(Runner.Settings.none().with(name, value));
    }
}
