package dev.waxwing.benchmarks;

import dev.waxwing.Stream;
import dev.waxwing.files.DecidedBytes;
import dev.waxwing.files.TextFiles;
import dev.waxwing.sink.Sink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sales in lines of files, which are all of one length so that their size tells their number. */
final class LineTarget implements SaleTarget {

    private static final int LINE_BYTES = 32;
    private static final long FIRST_NUMBER = 1_000_000_000L;

    private final Promise promise;
    private final Path directory;

    /**
     * @param directory empty; deleted in the end
     */
    LineTarget(Promise promise, Path directory) {
        this.promise = promise;
        this.directory = directory;
    }

    enum Promise {
        AT_LEAST_ONCE("at least once"),
        BY_POSITION("exactly once by position"),
        TWO_PHASE("exactly once, two-phase (rolling)");

        private final String text;

        Promise(String text) {
            this.text = text;
        }
    }

    @Override
    public String name() {
        return "lines in files, " + promise.text;
    }

    @Override
    public boolean needsRecovery() {
        return promise != Promise.AT_LEAST_ONCE;
    }

    @Override
    public int manySales() {
        return 20_000_000;
    }

    @Override
    public void take(Stream<Sale> sales) {
        Sink<String> sink =
                promise == Promise.TWO_PHASE
                        ? TextFiles.rolling(directory)
                        : TextFiles.append(file());
        sales.map("line", LineTarget::line).output("out", sink);
    }

    @Override
    public long visible() throws IOException {
        long bytes =
                switch (promise) {
                    case AT_LEAST_ONCE -> Files.exists(file()) ? Files.size(file()) : 0;
                    case BY_POSITION -> DecidedBytes.of(file()).orElse(0);
                    case TWO_PHASE -> shown();
                };
        return bytes / LINE_BYTES;
    }

    @Override
    public void close() throws IOException {
        Runs.delete(directory);
    }

    private long shown() throws IOException {
        long bytes = 0;
        try (var files = Files.newDirectoryStream(directory, "[!.]*")) {
            for (Path file : files) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private Path file() {
        return directory.resolve("lines");
    }

    private static String line(Sale sale) {
        StringBuilder line = new StringBuilder(LINE_BYTES);
        line.append(FIRST_NUMBER + sale.id()).append(' ').append(sale.name());
        line.append(' ').append(sale.cents());
        while (line.length() < LINE_BYTES - 1) {
            line.append(' ');
        }
        return line.toString();
    }
}
