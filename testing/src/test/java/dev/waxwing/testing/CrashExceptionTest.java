package dev.waxwing.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CrashExceptionTest {

    @Test
    void crashIsFoundAmongCausesThoughTheyLeadBackToTheirBeginning() {
        var first = new IllegalStateException("first");
        var second = new IllegalStateException("second", first);
        first.initCause(second);

        assertThat(CrashException.caused(second)).isFalse();
        assertThat(CrashException.caused(new IllegalStateException(new CrashException("now"))))
                .isTrue();
        assertThat(CrashException.caused(null)).isFalse();
    }
}
