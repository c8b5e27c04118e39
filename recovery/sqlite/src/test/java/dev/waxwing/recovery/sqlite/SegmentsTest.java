package dev.waxwing.recovery.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.codec.ByteInput;
import dev.waxwing.recovery.codec.ByteOutput;
import dev.waxwing.recovery.memory.MemoryDisk;
import dev.waxwing.recovery.memory.MemoryRecoveryStore;
import dev.waxwing.recovery.segment.SegmentReader;
import dev.waxwing.recovery.segment.SegmentRef;
import dev.waxwing.recovery.segment.SegmentWriter;
import dev.waxwing.recovery.segment.Segments;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.recovery.store.StoreOptions;
import dev.waxwing.run.FileAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SegmentsTest {

    private static final int ENTRY_BYTES = 1_000;

    @TempDir private Path directory;

    private final AtomicBoolean closed = new AtomicBoolean();

    @Test
    void entriesOfManyChunksAreReadByTheirPlaces() {
        SegmentRef ref = write("many", 500);

        try (SegmentReader reader = segments().open(ref)) {
            assertThat(entry(reader, 0)).isEqualTo(0);
            assertThat(entry(reader, 499)).isEqualTo(499);
            assertThat(entry(reader, 250)).isEqualTo(250);
            assertThat(entry(reader, 249)).isEqualTo(249);
            assertThat(entry(reader, 251)).isEqualTo(251);
        }
        assertThat(ref.bytes()).isGreaterThan(2L * SegmentWriter.CHUNK_BYTES);
    }

    @Test
    void segmentThatWasCutShortIsRefused() throws IOException {
        SegmentRef ref = write("cut", 10);
        byte[] all = Files.readAllBytes(directory.resolve("cut"));
        Files.write(directory.resolve("cut"), java.util.Arrays.copyOf(all, all.length - 1));

        assertThatThrownBy(() -> segments().open(ref))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("segment 'cut'")
                .hasMessageContaining("bytes instead of " + ref.bytes());
    }

    @Test
    void chunkWithAWrongByteIsRefusedWhenItIsRead() throws IOException {
        SegmentRef ref = write("torn", 10);
        byte[] all = Files.readAllBytes(directory.resolve("torn"));
        all[all.length - 1] ^= 1;
        Files.write(directory.resolve("torn"), all);

        try (SegmentReader reader = segments().open(ref)) {
            assertThatThrownBy(() -> reader.seek(0)).hasMessageContaining("checksum is wrong");
        }
    }

    @Test
    void segmentOfAnotherContentIsRefused() throws IOException {
        SegmentRef ref = write("this", 10);
        write("other", 10, 77);
        Files.copy(
                directory.resolve("other"),
                directory.resolve("this"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> segments().open(ref)).hasMessageContaining("other chunks");
    }

    @Test
    void missingSegmentIsRefused() {
        SegmentRef ref = write("gone", 1);
        segments().delete("gone");

        assertThatThrownBy(() -> segments().open(ref)).hasMessageContaining("is missing");
    }

    @Test
    void smallSegmentIsReadAsItWasPut() {
        StoreOptions options = StoreOptions.defaults();
        try (RecoveryStore store = SqliteRecoveryStore.open(directory, "flow", options)) {
            Segments segments = store.segments();
            assertThat(segments.get("small")).isNull();

            segments.put("small", new byte[] {1, 2});
            segments.put("small", new byte[] {3});
            segments.put("other", new byte[] {4});
            segments.create("large").close();
            segments.delete("other");
        }
        try (RecoveryStore store = SqliteRecoveryStore.open(directory, "flow", options)) {
            assertThat(store.segments().get("small")).containsExactly(3);
            assertThat(store.segments().names()).containsExactly("large", "small");
        }
    }

    @Test
    void storeThatWasClosedHasNoSegments() {
        closed.set(true);

        assertThatThrownBy(() -> segments().names()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void inMemoryWhatWasNotForcedIsGoneAfterACrash() {
        var disk = new MemoryDisk();
        MemoryRecoveryStore store = open(disk);
        SegmentWriter unforced = store.segments().create("unforced");
        unforced.add(entryOf(1));
        SegmentWriter forced = store.segments().create("forced");
        forced.add(entryOf(1));
        SegmentRef ref = forced.finish();

        disk.crash();

        assertThat(open(disk).segments().names()).containsExactly("forced");
        disk.crash();
        assertThat(entry(open(disk).segments().open(ref), 0)).isEqualTo(1);
        assertThatThrownBy(unforced::finish).hasMessageContaining("was taken from generation 1");
    }

    private static MemoryRecoveryStore open(MemoryDisk disk) {
        return MemoryRecoveryStore.open(disk, "flow", StoreOptions.defaults());
    }

    private DirectorySegments segments() {
        return new DirectorySegments(directory, FileAccess.OWNER, closed::get);
    }

    private SegmentRef write(String name, int entries) {
        return write(name, entries, 0);
    }

    private SegmentRef write(String name, int entries, int first) {
        try (SegmentWriter writer = segments().create(name)) {
            for (int i = 0; i < entries; i++) {
                writer.add(entryOf(first + i));
            }
            return writer.finish();
        }
    }

    private static ByteOutput entryOf(int number) {
        ByteOutput entry = new ByteOutput();
        entry.writeInt(number);
        entry.write(new byte[ENTRY_BYTES], 0, ENTRY_BYTES);
        return entry;
    }

    private static int entry(SegmentReader reader, long place) {
        reader.seek(place);
        assertThat(reader.length()).isEqualTo(4 + ENTRY_BYTES);
        return new ByteInput(reader.data(), reader.offset(), reader.length()).readInt();
    }
}
