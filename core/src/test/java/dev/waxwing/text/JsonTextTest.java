package dev.waxwing.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonTextTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "{}|{}",
                "\"\\u00e9\\n\"|\"\\u00e9\\n\"",
                "\"\\uD83D\\ude00\"|\"\uD83D\uDE00\"",
                "\"\\\\ud83d\"|\"\\\\ud83d\"",
                "\"\\\\\\ud83d\"|\"\\\\\uD83D\"",
                "\"\\\"\\uDE00\\\\\"|\"\\\"\uDE00\\\\\""
            })
    void surrogatesStandInPlaceOfTheirEscapes(String json, String plain) {
        assertThat(JsonText.withPlainSurrogates(json)).isEqualTo(plain);
    }
}
