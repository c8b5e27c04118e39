package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that programs give to the logs that they rotate. */
final class RotatedNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.log.10 app.log.9 app.log.2.gz app.log.1 app.log",
                "app.log.old app.log",
                "app.log-20261129 app.log-20261130.gz app.log",
                "app.log-1764460799 app.log-1764460800 app.log",
                "app.log.2026-10-31 app.log.2026-11-29 app.log.2026-11-30 app.log",
                "app.log.2026-11-30.1 app.log.2026-11-30.2 app.log.2026-11-30.10 app.log",
                "app.log.2026-11-30_09 app.log.2026-11-30_10 app.log.2026-12-01_00 app.log",
                "app.log.2026-11-30T095959.gz app.log.2026-11-30T100000 app.log",
                "app.log.2026-11 app.log.2026-12 app.log",
                "app.log.2026_11_29 app.log.2026_11_30 app.log",
                "app-2026-11-29.log.gz app-2026-11-30.log app.log",
                "app.2026-11-30.0.log app.2026-11-30.1.log app.2026-11-30.10.log app.log",
                "app-20261129.log app-20261130.log app.log",
                "app-2026-11-29-.log app-2026-11-30-.log app.log",
                "access_log.2026-11-29.txt access_log.2026-11-30.txt access_log.txt"
            })
    void oldestComesFirst(String names) {
        List<String> inOrder = List.of(names.split(" "));
        List<String> shuffled = new ArrayList<>(inOrder);
        Collections.reverse(shuffled);

        assertThat(shuffled.stream().map(RotatedName::of).sorted(RotatedName.OLDEST_FIRST))
                .extracting(RotatedName::name)
                .isEqualTo(inOrder);
        assertThat(inOrder)
                .extracting(name -> RotatedName.of(name).stem())
                .containsOnly(inOrder.get(inOrder.size() - 1));
    }

    @ParameterizedTest
    @CsvSource({
        "app.log, app.log",
        "app.log.gz, app.log",
        "10.0.0.1, 10.0.0",
        "shop-123456.log, shop-123456.log",
        "v1.2.log, v1.2.log",
        "2026-11-30.log, 2026-11-30.log",
        "app-2026-13-30.log, app-2026-13-30.log"
    })
    void stemIsTheNameOfTheFileThatIsWrittenTo(String name, String stem) {
        assertThat(RotatedName.of(name).stem()).isEqualTo(stem);
    }

    @ParameterizedTest
    @CsvSource({
        "app.log, app.log.1, true",
        "app.log, app-2026-11-30.log.gz, true",
        "app.log.1, app.log.7.gz, true",
        "app-2026-11-30.log, app-2026-11-30.log.gz, true",
        "app-2026-11-30.log, app-2026-12-01.log, false",
        "app-2026-11-30.log, app.log, false",
        "app.log, web.log.1, false"
    })
    void dateOfANameStaysWhatItWas(String before, String later, boolean may) {
        assertThat(RotatedName.of(before).mayBecome(RotatedName.of(later))).isEqualTo(may);
    }

    @ParameterizedTest
    @CsvSource({
        "app.1.log, app.log, true",
        "app.12.log.gz, app.log, true",
        "app.log, app.log, false",
        "web.1.log, app.log, false",
        "app-1.log, app.log, false",
        "app.1.2, app.2, false"
    })
    void numberMayBeInFrontOfAnExtension(String name, String live, boolean is) {
        assertThat(RotatedName.isNumberedWithin(name, live)).isEqualTo(is);
    }

    @Test
    void longNamesAreTakenAtOnce() {
        String name = "app-2026-11-30" + "-1.2_3T".repeat(10_000) + "?";

        assertThat(RotatedName.of(name).name()).isEqualTo(name);
    }
}
