package dev.waxwing.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class UnicodeTextTest {

    @Test
    void pairsAreNoLoneSurrogates() {
        assertThat(UnicodeText.loneSurrogate("")).isEqualTo(-1);
        assertThat(UnicodeText.loneSurrogate("a\uD83D\uDE00\uFFFD?")).isEqualTo(-1);
    }

    @Test
    void firstHalfThatStandsAloneIsFound() {
        assertThat(UnicodeText.loneSurrogate("\uD83D")).isZero();
        assertThat(UnicodeText.loneSurrogate("\uDE00\uD83D")).isZero();
        assertThat(UnicodeText.loneSurrogate("\uD83D\uDE00\uDE00")).isEqualTo(2);
        assertThat(UnicodeText.loneSurrogate("a\uD83D\uD83D\uDE00")).isEqualTo(1);
    }

    @Test
    void halvesAreReplacedAndPairsStay() {
        assertThat(UnicodeText.replaced("a\uD83D\uD83D\uDE00\uDE00"))
                .isEqualTo("a\uFFFD\uD83D\uDE00\uFFFD");
        assertThat(UnicodeText.replaced("plain")).isEqualTo("plain");
    }
}
