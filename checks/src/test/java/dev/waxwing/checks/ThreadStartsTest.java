package dev.waxwing.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class ThreadStartsTest {

    private static final String LISTED = ThreadStartsTest.class.getName();

    @Test
    void threadsAreStartedByHostsAndWhereItIsListed() {
        assertThat(ThreadStarts.rule().violations(bound())).isEmpty();
    }

    @Test
    void eachListedClassStartsThreads() {
        assertThat(ThreadStarts.rule().unneeded(bound())).isEmpty();
    }

    @Test
    void hostsAndTheCommandAreFreeAndTheEngineIsNot() {
        assertThat(List.of("runners/embedded", "runners/new", "cli"))
                .noneMatch(ThreadStarts::isBound);
        assertThat(List.of("engine", "core", "connectors/new", "testing/simulation"))
                .allMatch(ThreadStarts::isBound);
    }

    @Test
    void newThreadIsFound() {
        assertThat(violations(Starts.class))
                .anyMatch(said -> said.contains("calls java.lang.Thread.<init>: threads are"))
                .anyMatch(said -> said.contains("calls java.lang.Thread.start: "));
    }

    @Test
    void subclassOfThreadIsFound() {
        assertThat(violations(Extends.class)).hasSize(1);
    }

    @Test
    void referenceToTheConstructorIsFound() {
        assertThat(violations(Refers.class)).hasSize(1);
    }

    @Test
    void executorIsFound() {
        assertThat(violations(Pools.class)).hasSize(1);
    }

    @Test
    void factoryOfThreadsIsFound() {
        assertThat(violations(Factory.class)).hasSize(1);
    }

    @Test
    void callOnTheCommonPoolIsFoundAndOnAGivenExecutorIsNot() {
        assertThat(violations(CommonPool.class)).hasSize(1);
        assertThat(violations(GivenExecutor.class)).isEmpty();
    }

    @Test
    void nestedClassOfAListedOneIsAllowed() {
        var rule = ThreadStarts.rule(Map.of(LISTED, "starts samples"));

        assertThat(rule.violations(sample(Starts.class))).isEmpty();
        assertThat(rule.unneeded(sample(Starts.class))).isEmpty();
    }

    @Test
    void listedClassThatStartsNoThreadIsFound() {
        var rule = ThreadStarts.rule(Map.of(LISTED, "starts samples"));

        assertThat(rule.unneeded(sample(GivenExecutor.class)))
                .containsExactly(LISTED + " is listed and makes no such call; delete the line");
    }

    private static List<String> violations(Class<?> type) {
        return ThreadStarts.rule(Map.of()).violations(sample(type));
    }

    private static List<JavaClass> bound() {
        return ThreadStarts.classes(ModuleArrows.of(Repository.find()));
    }

    private static List<JavaClass> sample(Class<?> type) {
        return List.copyOf(new ClassFileImporter().importClasses(type));
    }

    static final class Starts {
        void run(Runnable work) {
            new Thread(work).start();
        }
    }

    static final class Extends extends Thread {}

    static final class Refers {
        Function<Runnable, Thread> factory() {
            return Thread::new;
        }
    }

    static final class Pools {
        ExecutorService pool() {
            return Executors.newCachedThreadPool();
        }
    }

    static final class Factory {
        Thread made(ThreadFactory factory, Runnable work) {
            return factory.newThread(work);
        }
    }

    static final class CommonPool {
        CompletableFuture<Void> run(Runnable work) {
            return CompletableFuture.runAsync(work);
        }
    }

    static final class GivenExecutor {
        CompletableFuture<Void> run(Runnable work, Executor executor) {
            return CompletableFuture.runAsync(work, executor);
        }
    }
}
