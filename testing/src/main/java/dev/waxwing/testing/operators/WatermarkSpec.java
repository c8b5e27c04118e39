package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.keyed;

import dev.waxwing.step.WatermarkOptions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What {@code watermark} means on any runner, apart from windows. */
public abstract class WatermarkSpec extends OperatorSpec {

    private static final WatermarkOptions BY_A_SECOND =
            WatermarkOptions.outOfOrderBy(Duration.ofSeconds(1));

    @Test
    void itemsPassUnchanged() {
        given(3, 1, 2)
                .through(
                        numbers ->
                                numbers.watermark(
                                        "time", n -> Instant.ofEpochSecond(n), BY_A_SECOND))
                .expect(3, 1, 2);
    }

    @Test
    void failureOfTheTimestampFunctionNamesTheStep() {
        given(1).through(numbers -> numbers.watermark("bad", n -> failWith("boom"), BY_A_SECOND))
                .expectFailure("step 'flow.bad': the timestamp function threw", "boom");
    }

    @Test
    void nullTimestampIsRefused() {
        given(1).through(numbers -> numbers.watermark("bad", n -> nullResult(), BY_A_SECOND))
                .expectFailure(
                        "step 'flow.bad'", "the timestamp function returned null for item 1");
    }

    @Test
    void valuesPassUnchangedUnderTheirKeys() {
        givenKeyed(keyed("a", 3), keyed("b", 1), keyed("a", 2))
                .through(
                        pairs ->
                                pairs.watermark("time", n -> Instant.ofEpochSecond(n), BY_A_SECOND))
                .expect(keyed("a", 3), keyed("b", 1), keyed("a", 2));
    }

    @Test
    void failureOfTheTimestampFunctionOfValuesNamesStepAndKey() {
        givenKeyed(keyed("a", 1))
                .through(pairs -> pairs.watermark("bad", n -> failWith("boom"), BY_A_SECOND))
                .expectFailure("step 'flow.bad': the timestamp function threw", "boom for key 'a'");
    }
}
