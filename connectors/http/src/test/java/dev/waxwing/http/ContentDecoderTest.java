package dev.waxwing.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Content codings, in pieces of any size. */
final class ContentDecoderTest {

    private static final String TEXT = "what was sent, what was sent, and more";

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "x-gzip", "identity, gzip"})
    void gzipIsDecodedWhereverThePiecesAreCut(String coding) throws Exception {
        byte[] sent = gzip(TEXT);

        for (int cut = 0; cut <= sent.length; cut++) {
            assertThat(decoded(coding, sent, cut)).as("cut at %s", cut).isEqualTo(TEXT);
        }
    }

    @Test
    void membersOfGzipFollowEachOther() throws Exception {
        byte[] sent = joined(gzip(TEXT), gzip("!"));

        for (int cut = 0; cut <= sent.length; cut++) {
            assertThat(decoded("gzip", sent, cut)).as("cut at %s", cut).isEqualTo(TEXT + "!");
        }
    }

    @Test
    void headerOfGzipMayHaveAllThatTheFormatAllows() throws Exception {
        byte[] plain = gzip(TEXT);
        byte[] header = {0x1F, (byte) 0x8B, 8, 4 | 8 | 16 | 2, 0, 0, 0, 0, 0, 0};
        byte[] fields = {2, 0, 'x', 'y', 'n', 0, 'c', 'c', 0, 1, 2};
        byte[] sent = joined(header, joined(fields, Arrays.copyOfRange(plain, 10, plain.length)));

        for (int cut = 0; cut <= sent.length; cut++) {
            assertThat(decoded("gzip", sent, cut)).as("cut at %s", cut).isEqualTo(TEXT);
        }
    }

    @Test
    void deflateAndNoCodingAreDecoded() throws Exception {
        var deflated = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(deflated)) {
            out.write(bytes(TEXT));
        }

        assertThat(decoded("deflate", deflated.toByteArray(), 7)).isEqualTo(TEXT);
        assertThat(decoded("identity", bytes(TEXT), 7)).isEqualTo(TEXT);
        assertThat(decoded("", bytes(TEXT), 7)).isEqualTo(TEXT);
    }

    @Test
    void deflateWithoutItsHeaderIsDecodedWhereverThePiecesAreCut() throws Exception {
        for (boolean hasHeader : new boolean[] {true, false}) {
            var deflated = new ByteArrayOutputStream();
            try (OutputStream out =
                    new DeflaterOutputStream(deflated, new Deflater(9, !hasHeader))) {
                out.write(bytes(TEXT));
            }
            byte[] sent = deflated.toByteArray();

            for (int cut = 0; cut <= sent.length; cut++) {
                assertThat(decoded("deflate", sent, cut)).as("cut at %s", cut).isEqualTo(TEXT);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "gzip, gzip", "gzip, br"})
    void otherCodingsAreNamed(String coding) {
        assertThatThrownBy(() -> ContentDecoder.of(headers(coding)))
                .hasMessageContaining("content coding '" + coding.replace(" ", "") + "'")
                .hasMessageContaining("only gzip and deflate");
    }

    @Test
    void damageChangesNothingOrIsFound() throws Exception {
        byte[] sent = gzip(TEXT);

        int found = 0;
        for (int bit = 10 * 8; bit < sent.length * 8; bit++) {
            byte[] damaged = sent.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertThat(whole(damaged)).as("bit %s", bit).isEqualTo(bytes(TEXT));
            } catch (IOException e) {
                found++;
            }
        }

        assertThat(found).isGreaterThan((sent.length - 11) * 8);
    }

    @Test
    void everyCutIsFound() throws Exception {
        byte[] sent = gzip(TEXT);

        for (int length = 1; length < sent.length; length++) {
            byte[] cut = Arrays.copyOf(sent, length);
            assertThatThrownBy(() -> whole(cut))
                    .as("%s bytes", length)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void foreignBytesBehindAMemberAreFound() throws Exception {
        assertThatThrownBy(() -> whole(joined(gzip(TEXT), bytes("x"))))
                .hasMessageContaining("does not begin as gzip");
    }

    @Test
    void noMoreIsDecodedThanIsWanted() throws Exception {
        byte[] bomb = gzip("x".repeat(50_000_000));

        byte[] content =
                new Reply(java.net.URI.create("http://a"), 200, headers("gzip"), bomb).content(100);

        assertThat(content).hasSize(101);
    }

    private static byte[] whole(byte[] sent) throws IOException {
        return new Reply(java.net.URI.create("http://a"), 200, headers("gzip"), sent)
                .content(9_999);
    }

    private static String decoded(String coding, byte[] sent, int cut) throws IOException {
        var text = new ByteArrayOutputStream();
        try (ContentDecoder decoder = ContentDecoder.of(headers(coding))) {
            ContentDecoder.Decoded all =
                    piece -> {
                        text.writeBytes(piece);
                        return true;
                    };
            decoder.decode(Arrays.copyOf(sent, cut), all);
            decoder.decode(Arrays.copyOfRange(sent, cut, sent.length), all);
            assertThat(decoder.isWhole()).isTrue();
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private static HttpHeaders headers(String coding) {
        return HttpHeaders.of(Map.of("Content-Encoding", List.of(coding)), (name, value) -> true);
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(bytes(text));
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
