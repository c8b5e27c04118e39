package dev.waxwing.files;

import dev.waxwing.sink.FencedException;
import dev.waxwing.sink.StatefulSinkPartition;
import java.io.IOException;
import java.util.List;

/**
 * Encodes items and writes them to the end of a file. Confined to its worker's thread, but for
 * {@link #force} and {@link #onDecided}.
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

    private final AppendFile file;
    private final EncodedLines<X> lines;
    private final ForceTime forceTime;

    AppendPartition(AppendFile file, EncodedLines<X> lines, ForceTime forceTime) {
        this.file = file;
        this.lines = lines;
        this.forceTime = forceTime;
    }

    @Override
    public void writeBatch(List<X> values) throws Exception {
        lines.begin();
        if (file.position().bytes() == 0) {
            lines.addHeader();
        }
        for (X value : values) {
            lines.add(value);
            if (lines.length() >= EncodedLines.BLOCK_BYTES) {
                flush();
            }
        }
        flush();
        if (forceTime == ForceTime.EACH_BATCH) {
            file.force();
        }
        lines.throwFailures();
    }

    @Override
    public AppendPosition snapshot() {
        return file.position();
    }

    @Override
    public void force() throws IOException, FencedException {
        file.forceForDecision();
    }

    @Override
    public void check() throws IOException, FencedException {
        file.check();
    }

    @Override
    public void onDecided(AppendPosition position) throws IOException, FencedException {
        file.decided(position);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void flush() throws IOException {
        if (lines.length() > 0) {
            file.write(lines.bytes(), lines.length());
            lines.written();
        }
    }
}
