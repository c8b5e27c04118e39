package dev.waxwing.recovery.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waxwing.plan.Plan;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.StoreLocation;
import dev.waxwing.recovery.memory.MemoryDisk;
import dev.waxwing.recovery.memory.MemoryRecoveryStore;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreKindTest {

    private static final StoreLocation HAND_MADE = new StoreLocation("hand-made", "anywhere");

    @TempDir Path directory;

    @Test
    void kindIsFoundByTheContextClassLoader() throws Exception {
        StoreKind kind = withServices(HandMade.class.getName(), () -> StoreKind.of(HAND_MADE));

        assertThat(kind).isInstanceOf(HandMade.class);
        try (RecoveryStore store = kind.open("anywhere", "flow", StoreOptions.defaults())) {
            assertThat(store.decidedEpoch()).isZero();
        }
    }

    @Test
    void kindThatCannotBeLoadedHidesNoOther() throws Exception {
        String services = "no.such.Kind\n" + HandMade.class.getName();

        assertThat(withServices(services, () -> StoreKind.of(HAND_MADE)))
                .isInstanceOf(HandMade.class);
    }

    @Test
    void missingKindIsRefusedAndThoseThereAreNamed() throws Exception {
        StoreLocation unknown = new StoreLocation("hand-maid", "anywhere");
        String services = "no.such.Kind\n" + HandMade.class.getName();

        Throwable refused =
                withServices(services, () -> catchThrowable(() -> StoreKind.of(unknown)));

        assertThat(refused)
                .isInstanceOf(RecoveryException.class)
                .hasMessageStartingWith(
                        "recovery store anywhere: a store of kind 'hand-maid' was expected on the"
                                + " class path, but only ")
                .hasMessageContaining("'hand-made'")
                .hasMessageContaining("no.such.Kind")
                .hasMessageEndingWith("add the artifact that has this kind, or correct its name");
    }

    @Test
    void artifactOfSqliteIsNamedWhereItIsMissing() throws Exception {
        URL[] alone = {place(StoreKind.class), place(Plan.class)};
        try (var loader = new URLClassLoader(alone, ClassLoader.getPlatformClassLoader())) {
            Class<?> location = loader.loadClass(StoreLocation.class.getName());
            Object inDirectory =
                    location.getMethod("in", Path.class).invoke(null, Path.of("state"));
            var of = loader.loadClass(StoreKind.class.getName()).getMethod("of", location);
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            try {
                assertThatThrownBy(() -> of.invoke(null, inDirectory))
                        .isInstanceOf(InvocationTargetException.class)
                        .cause()
                        .hasMessage(
                                "recovery store state: a store of kind 'sqlite' was expected on the"
                                        + " class path, but no kind of store is there; add the"
                                        + " artifact dev.waxwing:waxwing-recovery-sqlite");
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }

    /** What is returned where the context class loader has such a file of services beside ours. */
    private <T> T withServices(String lines, Callable<T> call) throws Exception {
        Path services = directory.resolve("META-INF/services");
        Files.createDirectories(services);
        Files.writeString(services.resolve(StoreKind.class.getName()), lines);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        URL[] urls = {directory.toUri().toURL()};
        try (var loader = new URLClassLoader(urls, StoreKindTest.class.getClassLoader())) {
            thread.setContextClassLoader(loader);
            return call.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    /** A kind as an artifact brings it. */
    public static final class HandMade implements StoreKind {

        private final MemoryDisk disk = new MemoryDisk();

        public HandMade() {}

        @Override
        public String name() {
            return "hand-made";
        }

        @Override
        public RecoveryStore open(String place, String dataflowName, StoreOptions options) {
            return MemoryRecoveryStore.open(disk, dataflowName, options);
        }

        @Override
        public StoreReader read(String place) {
            throw new UnsupportedOperationException(place);
        }

        @Override
        public StoreRemoval hold(String place, String dataflowName, @Nullable String formerName) {
            throw new UnsupportedOperationException(place);
        }
    }
}
