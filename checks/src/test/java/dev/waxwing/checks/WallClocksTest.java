package dev.waxwing.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class WallClocksTest {

    private static final String LISTED = WallClocksTest.class.getName();

    @Test
    void wallClockIsReadOnlyWhereItIsListed() {
        assertThat(WallClocks.rule().violations(bound())).isEmpty();
    }

    @Test
    void eachListedClassReadsIt() {
        assertThat(WallClocks.rule().unneeded(bound())).isEmpty();
    }

    @Test
    void millisecondsOfTheMachineAreFound() {
        assertThat(violations(Millis.class))
                .singleElement()
                .asString()
                .contains("calls java.lang.System.currentTimeMillis: lengths of time");
    }

    @Test
    void datesOfNowAreFound() {
        assertThat(violations(Now.class)).hasSize(2);
    }

    @Test
    void referenceIsFound() {
        assertThat(violations(Refers.class)).hasSize(1);
    }

    @Test
    void clocksOfTheMachineAreFound() {
        assertThat(violations(Machine.class)).hasSize(2);
    }

    @Test
    void givenClockAndSteadyTimeAreAllowed() {
        assertThat(violations(Given.class)).isEmpty();
    }

    @Test
    void listedClassMayReadAndOneThatDoesNotIsFound() {
        var rule = WallClocks.rule(Map.of(LISTED, "reads samples"));

        assertThat(rule.violations(sample(Millis.class))).isEmpty();
        assertThat(rule.unneeded(sample(Millis.class))).isEmpty();
        assertThat(rule.unneeded(sample(Given.class)))
                .containsExactly(LISTED + " is listed and makes no such call; delete the line");
    }

    private static List<String> violations(Class<?> type) {
        return WallClocks.rule(Map.of()).violations(sample(type));
    }

    private static List<JavaClass> bound() {
        return WallClocks.classes(ModuleArrows.of(Repository.find()));
    }

    private static List<JavaClass> sample(Class<?> type) {
        return List.copyOf(new ClassFileImporter().importClasses(type));
    }

    static final class Millis {
        long read() {
            return System.currentTimeMillis();
        }
    }

    static final class Now {
        boolean read(Instant at, LocalDateTime local) {
            return Instant.now().equals(at) && LocalDateTime.now(ZoneOffset.UTC).equals(local);
        }
    }

    static final class Refers {
        Supplier<Instant> read() {
            return Instant::now;
        }
    }

    static final class Machine {
        boolean read(InstantSource source) {
            return source.equals(InstantSource.system()) || source.equals(Clock.systemUTC());
        }
    }

    static final class Given {
        long read(Clock clock) {
            return Instant.now(clock).toEpochMilli() + System.nanoTime();
        }
    }
}
