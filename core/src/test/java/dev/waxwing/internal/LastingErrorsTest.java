package dev.waxwing.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LastingErrorsTest {

    @Test
    void chainHasEachCauseOnceThoughItLeadsBackToItsBeginning() {
        var first = new IllegalStateException("first");
        var second = new IllegalStateException("second", first);
        first.initCause(second);

        assertThat(LastingErrors.chain(second)).containsExactly(second, first);
        assertThat(LastingErrors.find(second)).isNull();
    }

    @Test
    void chainEndsWhereACauseCannotBeToldAndIsNeverLongerThanAHundred() {
        var untold =
                new IllegalStateException("untold") {
                    @Override
                    public synchronized Throwable getCause() {
                        throw new UnsupportedOperationException();
                    }
                };
        Throwable deep = new OutOfMemoryError("root");
        for (int i = 0; i < 1_000; i++) {
            deep = new IllegalStateException("level " + i, deep);
        }

        assertThat(LastingErrors.chain(untold)).containsExactly(untold);
        assertThat(LastingErrors.chain(deep)).hasSize(100);
    }
}
