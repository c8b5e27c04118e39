package dev.waxwing.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class PartialWriteExceptionTest {

    private final IOException cause = new IOException("full");

    @Test
    void tellsWhatWasNotWrittenAndWhy() {
        var partial = new PartialWriteException(new int[] {0, 2}, cause);

        assertThat(partial.failed()).containsExactly(0, 2);
        assertThat(partial)
                .hasMessage("2 items of the batch were not written: full")
                .hasCause(cause);
    }

    /* An item that is named twice would be written twice, and another be taken for written. */
    @Test
    void eachItemIsNamedOnceInAscendingOrder() {
        assertThatThrownBy(() -> new PartialWriteException(new int[] {1, 1}, cause))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("each once, but is [1, 1]");
        assertThatThrownBy(() -> new PartialWriteException(new int[] {2, 1}, cause))
                .hasMessageContaining("ascending order");
        assertThatThrownBy(() -> new PartialWriteException(new int[] {-1}, cause))
                .hasMessageContaining("but is [-1]");
        assertThatThrownBy(() -> new PartialWriteException(new int[0], cause))
                .hasMessageContaining("at least one item");
    }
}
