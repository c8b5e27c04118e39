package dev.waxwing.windowing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class CountWindowerTest {

    private static final long EARLY = Micros.START_OF_TIME;

    @Test
    void windowsFollowEachOther() {
        var windower = CountWindower.of(2).build(null);

        assertThat(windower.openFor(5)).containsExactly(0);
        assertThat(windower.closeFor(EARLY)).isEmpty();
        assertThat(windower.openFor(3)).containsExactly(0);
        assertThat(windower.closeFor(EARLY)).containsExactly(WindowResult.Metadata.of(0, 3, 5));
        assertThat(windower.openFor(9)).containsExactly(1);
    }

    @Test
    void windowsOverlap() {
        var windower = CountWindower.of(3).every(2).build(null);

        assertThat(windower.openFor(1)).containsExactly(0);
        assertThat(windower.openFor(2)).containsExactly(0);
        assertThat(windower.openFor(3)).containsExactly(0, 1);
        assertThat(windower.closeFor(EARLY)).containsExactly(WindowResult.Metadata.of(0, 1, 3));
        assertThat(windower.openFor(4)).containsExactly(1);
        assertThat(windower.openFor(5)).containsExactly(1, 2);
        assertThat(windower.closeFor(EARLY)).containsExactly(WindowResult.Metadata.of(1, 3, 5));
    }

    @Test
    void windowThatIsNotFullClosesAtTheEnd() {
        var windower = CountWindower.of(3).build(null);
        windower.openFor(1);

        assertThat(windower.closesAt()).isEqualTo(Micros.END_OF_TIME);
        assertThat(windower.closeFor(Micros.END_OF_TIME - 1)).isEmpty();
        assertThat(windower.closeFor(Micros.END_OF_TIME))
                .containsExactly(WindowResult.Metadata.of(0, 1, 1));
    }

    @Test
    void valueAfterTheEndOfInputBeginsANewWindow() {
        var windower = CountWindower.of(3).build(null);
        windower.openFor(1);
        windower.closeFor(Micros.END_OF_TIME);

        var continued = CountWindower.of(3).build(windower.snapshot());

        assertThat(continued.openFor(2)).containsExactly(1);
        assertThat(continued.openFor(3)).containsExactly(1);
        assertThat(continued.openFor(4)).containsExactly(1);
        assertThat(continued.closeFor(EARLY)).containsExactly(WindowResult.Metadata.of(1, 2, 4));
    }

    @Test
    void valueAfterTheEndOfInputIsInOverlappingWindowsAgain() {
        var windower = CountWindower.of(4).every(2).build(null);
        windower.openFor(1);
        windower.openFor(2);
        windower.openFor(3);

        assertThat(windower.closeFor(Micros.END_OF_TIME)).hasSize(2);

        assertThat(windower.openFor(4)).containsExactly(2);
    }

    @Test
    void countGoesOnAfterARestart() {
        var windower = CountWindower.of(2).build(null);
        windower.openFor(1);

        var resumed = CountWindower.of(2).build(windower.snapshot());

        assertThat(resumed.openFor(2)).containsExactly(0);
        assertThat(resumed.closeFor(EARLY)).hasSize(1);
    }

    @Test
    void lateValueIsNamedAfterTheWindowThatItMissed() {
        var windower = CountWindower.of(2).build(null);
        windower.openFor(1);
        windower.openFor(1);
        windower.closeFor(EARLY);

        assertThat(windower.lateFor(0)).containsExactly(1);
        assertThat(windower.openFor(2)).containsExactly(1);
    }

    @Test
    void lengthsAndOffsetsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> CountWindower.of(0))
                .hasMessage("length must be 1 or more, but was 0");
        assertThatThrownBy(() -> CountWindower.of(2).every(3))
                .hasMessage("offset must be from 1 to length (2), but was 3");
        assertThatThrownBy(() -> CountWindower.of(2).every(0))
                .hasMessageContaining("offset must be from 1 to length");
    }
}
