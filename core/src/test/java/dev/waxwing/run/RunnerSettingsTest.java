package dev.waxwing.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RunnerSettingsTest {

    @Test
    void whatIsNotGivenIsNull() {
        assertThat(Runner.Settings.none().text("a")).isNull();
        assertThat(Runner.Settings.none().number("a")).isNull();
        assertThat(Runner.Settings.none().duration("a")).isNull();
        assertThat(Runner.Settings.none().flag("a")).isFalse();
        assertThat(Runner.Settings.none().all("a")).isEmpty();
    }

    @Test
    void valuesAreReadAsWhatTheyAre() {
        Runner.Settings settings =
                Runner.Settings.none()
                        .with("number", "-7")
                        .with("time", "PT1.5S")
                        .with("flag", "true")
                        .with("several", "b", "a");

        assertThat(settings.number("number")).isEqualTo(-7);
        assertThat(settings.duration("time")).isEqualTo(Duration.ofMillis(1_500));
        assertThat(settings.flag("flag")).isTrue();
        assertThat(settings.all("several")).containsExactly("b", "a");
    }

    @Test
    void wrongValuesAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Runner.Settings.none().with("a", "4.5").number("a"))
                .withMessage("setting 'a' must be a whole number, but was '4.5'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Runner.Settings.none().with("a", "1s").duration("a"))
                .withMessage("setting 'a' must be a time such as PT0.5S, but was '1s'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Runner.Settings.none().with("a", "yes").flag("a"))
                .withMessage("setting 'a' must be true or false, but was 'yes'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Runner.Settings.none().with("a", "x", "y").text("a"))
                .withMessage("setting 'a' must be one value, but was 'x, y'");
    }

    @Test
    void unknownSettingIsRefusedWithThoseThatAreKnown() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                Runner.Settings.none()
                                        .with("worker", "4")
                                        .requireOnly("embedded", List.of("workers", "restarts")))
                .withMessage(
                        "runner 'embedded' has no setting 'worker'; it has: restarts, workers");
    }

    @Test
    void changingACopyLeavesTheOriginal() {
        Runner.Settings four = Runner.Settings.none().with("workers", "4");

        assertThat(four.with("workers", "5").text("workers")).isEqualTo("5");
        assertThat(four.with("workers", List.of())).isEqualTo(Runner.Settings.none());
        assertThat(four.text("workers")).isEqualTo("4");
    }
}
