package dev.waxwing.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class CanonicalTextTest {

    private enum Side {
        LEFT {
            @Override
            public String toString() {
                return "not its name";
            }
        }
    }

    private record Place(String region, int number, Side side) {}

    @Test
    void stringsAndCharactersAreAsTheyAre() {
        assertThat(CanonicalText.of("a b")).isEqualTo("a b");
        assertThat(CanonicalText.of('c')).isEqualTo("c");
    }

    @Test
    void integersAreDecimal() {
        assertThat(CanonicalText.of(-7)).isEqualTo("-7");
        assertThat(CanonicalText.of(7L)).isEqualTo("7");
        assertThat(CanonicalText.of((byte) 7)).isEqualTo("7");
        assertThat(CanonicalText.of(BigInteger.TEN)).isEqualTo("10");
    }

    @Test
    void uuidsAreInTheirUsualForm() {
        assertThat(CanonicalText.of(new UUID(0, 1)))
                .isEqualTo("00000000-0000-0000-0000-000000000001");
    }

    @Test
    void enumsAreTheirNames() {
        assertThat(CanonicalText.of(Side.LEFT)).isEqualTo("LEFT");
    }

    @Test
    void recordsAreTheirNameAndComponents() {
        assertThat(CanonicalText.of(new Place("north", 3, Side.LEFT)))
                .isEqualTo("Place(north,3,LEFT)");
    }

    @Test
    void nullInARecordIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CanonicalText.of(new Place(null, 3, Side.LEFT)))
                .withMessageContaining("component 'region'");
    }

    @Test
    void otherTypesAreRefusedWithAWayOut() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CanonicalText.of(List.of(1)))
                .withMessageContaining("give the sink a partFn of its own");
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalText.of(1.5));
    }

    @Test
    void checksumIsThatOfTheUtf8Bytes() {
        assertThat(CanonicalText.adler32("Wikipedia")).isEqualTo(0x11E60398);
        assertThat(CanonicalText.adler32("ä")).isEqualTo(CanonicalText.adler32("\u00e4"));
    }
}
