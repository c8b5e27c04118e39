package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ByteWindowTest {

    private static final int BLOCK = 1 << 17;

    private final ByteArrayInputStream input = new ByteArrayInputStream(new byte[3 * BLOCK]);
    private final ByteWindow window = new ByteWindow(new Stream(), BLOCK, 0);

    @Test
    void windowThatRestsKeepsNoBlock() throws Exception {
        window.fill();
        window.fill();
        window.consume(BLOCK - 10);
        window.rest();

        assertThat(window.bytes.length).isLessThan(1_000);
        assertThat(window.length()).isEqualTo(10);
        assertThat(window.offset()).isEqualTo(BLOCK - 10);
    }

    @Test
    void windowThatHasRestedGoesOnInWholeBlocks() throws Exception {
        window.rest();
        window.fill();
        window.fill();

        assertThat(window.length()).isEqualTo(BLOCK);
        assertThat(Arrays.copyOf(window.bytes, BLOCK)).containsOnly(0);
    }

    private final class Stream implements ByteInput {

        @Override
        public int read(byte[] into, int from, int length) {
            return input.read(into, from, length);
        }

        @Override
        public void close() throws IOException {
            input.close();
        }
    }
}
