package dev.waxwing.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * All tests of this module under jcstress: for a moment each as the JVM compiles them by itself, or
 * with {@code -Pstress} in all modes of compilation.
 */
final class StressTest {

    /** With the control. A test that is added is counted here. */
    private static final int TESTS = 10;

    private static final long LEAST_SAMPLES = 1_000;

    private static final List<String> SHORT =
            List.of(
                    "-m quick -v -c 2 -f 1 -fsm 1 -iters 1 -time 300 -sc false -pth false -jvmArgs -Xss1m"
                            .split(" "));
    private static final List<String> LONG =
            List.of("-m quick -v -f 1 -fsm 1 -iters 2 -time 500".split(" "));

    @Test
    void noInterleavingGivesWhatIsForbiddenAndTheControlIsSeenToLose() throws Exception {
        boolean isLong = Boolean.getBoolean("waxwing.stress");
        Harness harness = Harness.inTarget();

        List<TestResult> results =
                harness.run(isLong ? LONG : SHORT, Duration.ofMinutes(isLong ? 120 : 10));

        assertThat(TestList.tests()).hasSize(TESTS);
        assertThat(namesOf(results)).isEqualTo(Set.copyOf(TestList.tests()));
        assertThat(results)
                .as("see %s", harness.log())
                .allSatisfy(StressTest::isAllowed)
                .anySatisfy(StressTest::isLost);
    }

    private static Set<String> namesOf(List<TestResult> results) {
        return results.stream().map(TestResult::getName).collect(Collectors.toSet());
    }

    private static void isAllowed(TestResult result) {
        assertThat(result.status())
                .as("%s: %s", result.getName(), result.getMessages())
                .isEqualTo(Status.NORMAL);
        assertThat(result.grading().failureMessages)
                .as("%s, by %s", result.getName(), result.getConfig().jvmArgs)
                .isEmpty();
        assertThat(result.getTotalCount())
                .as("samples of %s", result.getName())
                .isGreaterThan(LEAST_SAMPLES);
    }

    private static void isLost(TestResult result) {
        assertThat(result.getName()).isEqualTo(StoreLoadControl.class.getName());
        assertThat(result.getCount(StoreLoadControl.BOTH_MISSED)).isPositive();
    }
}
