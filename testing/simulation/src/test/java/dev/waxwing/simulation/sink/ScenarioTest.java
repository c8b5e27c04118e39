package dev.waxwing.simulation.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** A scenario is a line of text that a person can copy. */
final class ScenarioTest {

    @Test
    void textOfAScenarioIsReadBack() {
        Scenario scenario =
                Scenario.undisturbed(17)
                        .then(new Cue.Crash(CrashPoint.BEFORE_DECIDED, 2, CrashKind.PROCESS_KILLED))
                        .then(new Cue.Fault(TargetFault.RESET, 3))
                        .then(new Cue.Crash(CrashPoint.IN_BATCH, 1, CrashKind.POWER_LOST));

        assertThat(scenario).hasToString("seed=17 BEFORE_DECIDED#2 RESET#3 IN_BATCH#1/POWER_LOST");
        assertThat(Scenario.parse(scenario.toString())).isEqualTo(scenario);
    }

    @Test
    void textThatIsNoScenarioIsRefused() {
        assertThatThrownBy(() -> Scenario.parse("17"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected such as seed=3 BEFORE_DECIDED#2");
        assertThatThrownBy(() -> Scenario.parse("seed=17 NOWHERE"))
                .hasMessageContaining("'NOWHERE' is no cue");
    }

    @Test
    void itemIsReadBackFromItsText() {
        assertThat(SinkItem.parse(new SinkItem("k3", 17).text())).isEqualTo(new SinkItem("k3", 17));
        assertThatThrownBy(() -> SinkItem.parse("k3"))
                .hasMessageContaining("expected such as k3:17");
    }
}
