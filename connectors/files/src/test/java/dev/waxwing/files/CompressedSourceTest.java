package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void plainFileIsNoGzip() throws Exception {
        Path file = write("a\n".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(
                        () ->
                                Collected.all(
                                        TextFiles.lines(file).withCompression(Compression.GZIP)))
                .hasMessageContaining("is not packed by gzip");
    }

    @Test
    void otherFormatsAreRefusedByName() throws Exception {
        Path file = write(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0, 0, 0, 0, 0, 0});

        assertThatThrownBy(() -> Collected.all(TextFiles.lines(file)))
                .hasMessageContaining("packed by zstd");
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

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
