package dev.waxwing.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MarkerTest {

    private static final UUID LEAST = new UUID(0, 0);
    private static final UUID MOST = new UUID(-1, -1);
    private static final String UUIDS =
            "store=00000000-0000-0000-0000-000000000000"
                    + " execution=ffffffff-ffff-ffff-ffff-ffffffffffff";

    @Test
    void textNamesItsPartsOnOneLine() {
        assertThat(new Marker(7, 3, LEAST, MOST).toText())
                .isEqualTo("epoch=7 generation=3 " + UUIDS);
    }

    @ParameterizedTest
    @MethodSource
    void textIsReadAsWhatItWasWrittenFrom(Marker marker) {
        assertThat(Marker.parse(marker.toText())).isEqualTo(marker);
    }

    static Stream<Marker> textIsReadAsWhatItWasWrittenFrom() {
        return Stream.of(
                new Marker(0, 1, LEAST, LEAST),
                new Marker(Long.MAX_VALUE, Long.MAX_VALUE, MOST, MOST),
                new Marker(Long.MIN_VALUE, -1, LEAST, MOST),
                new Marker(10, 100, new UUID(Long.MIN_VALUE, 1), new UUID(1, Long.MAX_VALUE)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "epoch=7 generation=3",
                "generation=3 epoch=7 " + UUIDS,
                "Epoch=7 generation=3 " + UUIDS,
                "epoch=7  generation=3 " + UUIDS,
                " epoch=7 generation=3 " + UUIDS,
                "epoch=7 generation=3 " + UUIDS + "\n",
                "epoch=7 generation=3 " + UUIDS + " more=1",
                "epoch= generation=3 " + UUIDS,
                "epoch=07 generation=3 " + UUIDS,
                "epoch=-0 generation=3 " + UUIDS,
                "epoch=+7 generation=3 " + UUIDS,
                "epoch=7 generation=3.0 " + UUIDS,
                "epoch=٧ generation=3 " + UUIDS,
                "epoch=9223372036854775808 generation=3 " + UUIDS,
                "epoch=7 generation=-9223372036854775809 " + UUIDS,
                "epoch=7 generation=3 store=0-0-0-0-0 execution=0-0-0-0-0",
                "epoch=7 generation=3 store=00000000-0000-0000-0000-000000000000"
                        + " execution=FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
                "epoch=7 generation=3 store=00000000-0000-0000-0000-000000000000"
                        + " execution=------------------------------------",
                "epoch=7 generation=3 store=00000000-0000-0000-0000-000000000000"
                        + " execution=ffffffff-ffff-fff-fffff-ffffffffffff"
            })
    void otherTextIsRefusedWithWhatWasExpectedAndFound(String text) {
        assertThatThrownBy(() -> Marker.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be 'epoch=<number> generation=<number> store=<UUID>")
                .hasMessageContaining("but was '" + text + "'");
    }
}
