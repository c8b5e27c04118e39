package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class CompressedSourceTest {

    @TempDir Path directory;

    @Test
    void gzipIsToldByItsBytesAndNotByItsName() throws Exception {
        Path file = write(gzip("a\nb\nc\n"));

        assertThat(Collected.all(TextFiles.lines(file)).items).containsExactly("a", "b", "c");
    }

    @Test
    void membersAreReadOneAfterTheOther() throws Exception {
        Path file = write(concat(gzip("a\nb"), gzip("b\nc\n")));

        assertThat(Collected.all(TextFiles.lines(file)).items).containsExactly("a", "bb", "c");
    }

    @Test
    void positionCountsUnpackedBytes() throws Exception {
        Path file = write(gzip("a\nb\nc\n"));
        FilePosition afterTwo = new FilePosition(file.toString(), 4, 2);

        assertThat(Collected.from(TextFiles.lines(file), afterTwo).items).containsExactly("c");
    }

    @Test
    void positionBeyondTheUnpackedEndIsRefused() throws Exception {
        Path file = write(gzip("a\n"));

        assertThatThrownBy(
                        () ->
                                Collected.from(
                                        TextFiles.lines(file),
                                        new FilePosition(file.toString(), 40, 2)))
                .hasMessageContaining("up to byte 40")
                .hasMessageContaining("fewer");
    }

    @Test
    void cutFileFailsAndDoesNotEndEarly() throws Exception {
        byte[] whole = gzip("a\nb\nc\n".repeat(1_000));
        Path file = write(Arrays.copyOf(whole, whole.length - 12));

        assertThatThrownBy(() -> Collected.all(TextFiles.lines(file)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("reading failed");
    }

    @Test
    void zerosBehindTheLastMemberAreNoData() throws Exception {
        Path file = write(concat(gzip("a\n"), new byte[100_000]));

        assertThat(Collected.all(TextFiles.lines(file)).items).containsExactly("a");
    }

    @Test
    void headerFieldsOfAnyKindArePassedOver() throws Exception {
        byte[] plain = gzip("a\n");
        byte[] header = {0x1f, (byte) 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 3, 2, 0, 7, 7, 'n', 0, 'c', 0};
        CRC32 checksum = new CRC32();
        checksum.update(header);
        byte[] both = {(byte) checksum.getValue(), (byte) (checksum.getValue() >> 8)};
        byte[] rest = Arrays.copyOfRange(plain, 10, plain.length);

        Path file = write(concat(concat(header, both), rest));

        assertThat(Collected.all(TextFiles.lines(file)).items).containsExactly("a");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damagedBehindTheFirstMember")
    void whatIsBehindTheFirstMemberIsWholeOrAnErrorWithItsOffset(
            String what, byte[] second, long offset) throws Exception {
        byte[] first = gzip("one\n");
        Path file = write(concat(first, second));

        assertThatThrownBy(() -> Collected.all(TextFiles.lines(file)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("byte " + (first.length + offset));
    }

    static Stream<Arguments> damagedBehindTheFirstMember() throws IOException {
        byte[] two = gzip("two\n");
        byte[] zeros = new byte[512];
        return Stream.of(
                arguments("another method", changed(two, 2, 7), 0),
                arguments("reserved flags", changed(two, 3, 0x20), 0),
                arguments("no magic number", changed(two, 0, 0x11), 0),
                arguments("half of a magic number", changed(two, 1, 0x11), 0),
                arguments("cut in the magic number", Arrays.copyOf(two, 1), 1),
                arguments("cut in the header", Arrays.copyOf(two, 7), 7),
                arguments("cut in the data", Arrays.copyOf(two, 14), 14),
                arguments("cut in the trailer", Arrays.copyOf(two, two.length - 3), two.length - 3),
                arguments("damaged data", changed(two, 10, 0xff), 0),
                arguments("another checksum", changed(two, two.length - 8, 0x11), 0),
                arguments("another length", changed(two, two.length - 1, 0x11), 0),
                arguments("plain text", "plain\n".getBytes(StandardCharsets.UTF_8), 0),
                arguments("zeros before a member", concat(zeros, two), 512),
                arguments("zeros before text", concat(zeros, new byte[] {'x'}), 512));
    }

    @Test
    void cutFileIsNotTakenForAShorterOneAtAResume() throws Exception {
        byte[] whole = gzip("a\n");
        Path file = write(concat(whole, Arrays.copyOf(gzip("b\n"), 15)));

        assertThatThrownBy(
                        () ->
                                Collected.from(
                                        TextFiles.lines(file),
                                        new FilePosition(file.toString(), 40, 2)))
                .hasMessageContaining("ends at byte " + (whole.length + 15));
    }

    @Test
    void plainFileIsNoGzip() throws Exception {
        Path file = write("a\n".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(
                        () ->
                                Collected.all(
                                        TextFiles.lines(file).withCompression(Compression.GZIP)))
                .hasMessageContaining("is not packed by gzip");
    }

    @ParameterizedTest
    @CsvSource({
        "zstd, 28b52ffd00000000000000",
        "bzip2, 425a68393141592653590000",
        "xz, fd377a585a0000",
        "lz4, 04224d1864",
        "zip, 504b0304140000",
        "compress, 1f9d9061"
    })
    void otherFormatsAreRefusedByName(String name, String bytes) throws Exception {
        Path file = write(HexFormat.of().parseHex(bytes));

        assertThatThrownBy(() -> Collected.all(TextFiles.lines(file)))
                .hasMessageContaining("packed by " + name)
                .hasMessageContaining("unpack it or pack it by gzip");
    }

    @Test
    void packedFileCannotBeFollowed() throws Exception {
        Path file = write(gzip("a\n"));
        TextFileSource source = TextFiles.lines(file).withFollow(FollowOptions.defaults());

        assertThatThrownBy(() -> source.buildPart("flow.in", file.toString(), null))
                .hasMessageContaining("cannot be followed");
        assertThatThrownBy(() -> source.withCompression(Compression.GZIP))
                .hasMessageContaining("cannot be followed");
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("in.txt"), bytes);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
            packed.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] changed(byte[] bytes, int index, int value) {
        byte[] copy = bytes.clone();
        copy[index] = (byte) value;
        return copy;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
