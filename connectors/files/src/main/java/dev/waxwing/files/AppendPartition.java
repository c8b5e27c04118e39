package dev.waxwing.files;

import dev.waxwing.sink.PartialWriteException;
import dev.waxwing.sink.StatefulSinkPartition;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes items and writes them to the end of a file. Confined to its worker's thread, but for
 * {@link #force}.
 *
 * @param <X> item
 */
final class AppendPartition<X> implements StatefulSinkPartition<X, AppendPosition> {

    /*
     * A batch is encoded into memory and handed to the operating system at its end at the latest:
     * so what writeBatch has taken survives the death of the process, and snapshot has nothing to
     * do. An item that cannot be encoded is taken back out of the memory; the others are written,
     * and the failed ones are reported by index.
     */

    private static final int WRITE_BYTES = 1 << 17;

    private final AppendFile file;
    private final LineEncoder<? super X> encoder;
    private final byte[] lineEnd;
    private final ForceTime forceTime;
    private final LineOutput output = new LineOutput(WRITE_BYTES + (1 << 12));
    private int snapshots;

    AppendPartition(
            AppendFile file, LineEncoder<? super X> encoder, byte[] lineEnd, ForceTime forceTime) {
        this.file = file;
        this.encoder = encoder;
        this.lineEnd = lineEnd;
        this.forceTime = forceTime;
    }

    @Override
    public void writeBatch(List<X> values) throws Exception {
        output.truncate(0);
        if (file.position().bytes() == 0) {
            writeHeader();
        }
        @Nullable Failures failures = null;
        for (int i = 0; i < values.size(); i++) {
            int before = output.length();
            try {
                encoder.encode(values.get(i), output);
                output.write(lineEnd);
            } catch (Exception e) {
                output.truncate(before);
                failures = failures == null ? new Failures(e) : failures;
                failures.add(i);
            }
            if (output.length() >= WRITE_BYTES) {
                flush();
            }
        }
        flush();
        if (forceTime == ForceTime.EACH_BATCH) {
            file.force();
        }
        if (failures != null) {
            throw failures.toException();
        }
    }

    @Override
    public AppendPosition snapshot() throws IOException {
        snapshots++;
        if (snapshots == 2) {
            file.decided();
        }
        return file.position();
    }

    @Override
    public void force() throws IOException {
        file.force();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void writeHeader() throws IOException {
        encoder.encodeHeader(output);
        if (output.length() > 0) {
            output.write(lineEnd);
        }
    }

    private void flush() throws IOException {
        if (output.length() > 0) {
            file.write(output.bytes(), output.length());
            output.truncate(0);
        }
    }

    /** The items of a batch that could not be encoded. */
    private static final class Failures {
        private final Exception first;
        private int[] indexes = new int[4];
        private int count;

        Failures(Exception first) {
            this.first = first;
        }

        void add(int index) {
            if (count == indexes.length) {
                indexes = Arrays.copyOf(indexes, count * 2);
            }
            indexes[count++] = index;
        }

        PartialWriteException toException() {
            return new PartialWriteException(Arrays.copyOf(indexes, count), first);
        }
    }
}
