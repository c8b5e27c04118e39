package dev.waxwing.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TextFormsTest {

    enum Side {
        BUY,
        SELL {
            @Override
            public String toString() {
                return "for sale";
            }
        }
    }

    @Test
    void primitivesHaveTheFormOfTheirBoxes() {
        assertThat(TextForms.of(int.class)).isEqualTo(TextForms.of(Integer.class)).isPresent();
        assertThat(TextForms.of(Object.class)).isEmpty();
        assertThat(TextForms.of(void.class)).isEmpty();
        assertThat(TextForms.of(Enum.class)).isEmpty();
        assertThat(TextForms.of(List.class)).isEmpty();
    }

    @Test
    void enumsAreTheirNames() {
        assertThat(TextForms.print(Side.SELL)).isEqualTo("SELL");
        assertThat(parse(Side.class, "SELL")).isEqualTo(Side.SELL);
        assertThatThrownBy(() -> parse(Side.class, "for sale"))
                .hasMessage("must be a name of Side (BUY, SELL), but was 'for sale'");
    }

    @Test
    void messageTellsWhatWasExpectedAndFoundAndWhy() {
        assertThatThrownBy(() -> parse(int.class, "2147483648"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "must be a whole number from -2147483648 to 2147483647, but was"
                                + " '2147483648': it is out of range");
        assertThatThrownBy(() -> parse(float.class, "16777217"))
                .hasMessageEndingWith("the nearest that the type holds is 1.6777216E7");
        assertThatThrownBy(() -> parse(UUID.class, "x".repeat(5_000)))
                .hasMessage(
                        "must be a UUID of 36 characters, but was '"
                                + "x".repeat(60)
                                + "…' of 5000 characters");
    }

    @Test
    void valueWithoutTextIsRefusedWithWhatToDo() {
        assertThatThrownBy(() -> TextForms.print(Double.NaN))
                .hasMessageContaining("NaN has no text");
        assertThatThrownBy(() -> TextForms.print(List.of(1)))
                .hasMessageContaining("java.util.")
                .hasMessageContaining("make it a string");
        assertThatThrownBy(() -> TextForms.print("a\uD83D"))
                .hasMessageContaining("index 1 is half of a surrogate pair");
    }

    @Test
    void typesOfTimeBeforeJavaTimeHaveNoFormAndTheMessageSaysWhatToTake() {
        assertThat(TextForms.of(Date.class)).isEmpty();
        assertThat(TextForms.refusal(GregorianCalendar.class))
                .hasValueSatisfying(words -> assertThat(words).contains("make it a ZonedDateTime"));
        assertThat(TextForms.refusal(LocalDate.class)).isEmpty();
        assertThatThrownBy(() -> TextForms.print(Date.from(Instant.EPOCH)))
                .hasMessageContaining("java.util.Date has no text")
                .hasMessageEndingWith("make it an Instant");
    }

    @Test
    void timeWithAZoneHasAnOffsetOfTheZone() {
        ZonedDateTime later = ZonedDateTime.parse("2026-10-25T02:30:00+01:00[Europe/Berlin]");

        assertThat(parse(ZonedDateTime.class, TextForms.print(later))).isEqualTo(later);
        assertThatThrownBy(
                        () ->
                                parse(
                                        ZonedDateTime.class,
                                        "2026-01-01T00:00:00+05:00[Europe/Berlin]"))
                .hasMessageEndingWith("the zone has another offset then, +01:00");
    }

    @Test
    void messageHasWholeCharactersOnly() {
        assertThatThrownBy(() -> parse(int.class, "1\uD83D"))
                .hasMessageEndingWith("but was '1\uFFFD'");
        assertThatThrownBy(() -> parse(int.class, "\uDE00".repeat(70)))
                .hasMessageEndingWith("but was '" + "\uFFFD".repeat(60) + "…' of 70 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.1000000000000000055511151231257827",
                "1.7976931348623157e+308",
                "99999999999999991611392",
                "1e22",
                "123456789012345680000",
                "4.9e-324",
                "5e-324",
                "0e-999999999999",
                "-0"
            })
    void decimalsThatADoubleHoldsToTheirLastDigitAreTaken(String text) {
        assertThat(parse(double.class, text)).isEqualTo(Double.valueOf(text));
    }

    @Test
    void everyFloatAndDoubleComesBack() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            double real = Double.longBitsToDouble(random.nextLong());
            float single = Float.intBitsToFloat(random.nextInt());
            if (Double.isFinite(real)) {
                assertThat(parse(double.class, TextForms.print(real)))
                        .as("seed %s", seed)
                        .isEqualTo(real);
                assertThat(
                                parse(
                                        double.class,
                                        new BigDecimal(real).toString().length() < 900
                                                ? new BigDecimal(real).toString()
                                                : Double.toString(real)))
                        .as("seed %s", seed)
                        .isEqualTo(real);
            }
            if (Float.isFinite(single)) {
                assertThat(parse(float.class, TextForms.print(single)))
                        .as("seed %s", seed)
                        .isEqualTo(single);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1e1000000000", "-1e-1000000000", "1e99999999999999999999"})
    void hugeExponentsAreRefusedAtOnce(String text) {
        for (Class<?> type :
                List.of(long.class, BigInteger.class, BigDecimal.class, double.class)) {
            assertThatThrownBy(() -> parse(type, text))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void longNumbersAreRefusedBeforeTheyAreRead() {
        String text = "9".repeat(50_000_000);

        assertThatThrownBy(() -> parse(BigInteger.class, text)).hasMessageContaining("1000 digits");
        assertThatThrownBy(() -> parse(double.class, text)).hasMessageContaining("1000 digits");
        assertThatThrownBy(() -> TextForms.print(BigInteger.ONE.shiftLeft(1 << 28)))
                .hasMessageContaining("1000 digits");
    }

    private static Object parse(Class<?> type, String text) {
        return TextForms.of(type).orElseThrow().parse(text);
    }
}
