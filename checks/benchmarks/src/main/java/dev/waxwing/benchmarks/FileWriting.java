package dev.waxwing.benchmarks;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.files.TextFiles;
import dev.waxwing.recovery.RecoveryOptions;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * W8: lines into files beside a loop that writes them through a {@link BufferedWriter} and forces
 * them to the disk at the end. All ways must have written the same bytes. What a run takes to start
 * and end is in its time, so that only files that take seconds tell anything.
 */
final class FileWriting {

    private final int rounds;
    private final long lines;
    private final Path stores;

    /**
     * @param lines how many are written, of some 60 bytes
     * @param stores where files and recovery stores are made, used and deleted
     */
    FileWriting(int rounds, long lines, Path stores) {
        this.rounds = rounds;
        this.lines = lines;
        this.stores = stores;
    }

    private enum Output {
        HAND("by hand, a BufferedWriter"),
        APPEND("append"),
        RECOVERING("append, recovery on"),
        ROLLING("rolling, recovery on");

        private final String text;

        Output(String text) {
            this.text = text;
        }
    }

    /** Writes every way in turn, and returns a table. */
    List<String> lines() throws Exception {
        List<Rates> all =
                Arrays.stream(Output.values()).map(way -> new Rates(way, rounds)).toList();
        List<Long> written = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (Rates each : all) {
                Path directory = Files.createTempDirectory(stores, "written");
                Path files = Files.createDirectory(directory.resolve("files"));
                long start = System.nanoTime();
                write(each.way, files, directory.resolve("store"));
                long nanos = System.nanoTime() - start;
                each.megabytes[round] = bytes(files) * 1e3 / nanos;
                written.add(checksum(files));
                Runs.delete(directory);
            }
        }
        if (written.stream().distinct().count() > 1) {
            throw new IllegalStateException("the ways have written different bytes: " + written);
        }
        List<String> table = new ArrayList<>();
        table.add("| W8 " + lines + " lines into files | MB/s, median | min | max |");
        table.add("| --- | --: | --: | --: |");
        all.forEach(each -> table.add(each.row()));
        return table;
    }

    static String line(long number) {
        return "2026-11-23T05:00:00Z order " + number + " of customer " + number % 10_007;
    }

    private void write(Output way, Path files, Path store) throws Exception {
        if (way == Output.HAND) {
            byHand(files.resolve("lines"));
            return;
        }
        var flow = Dataflow.named("lines");
        var in = flow.input("lines", new LineSource(lines));
        if (way == Output.ROLLING) {
            in.output("out", TextFiles.rolling(files));
        } else {
            in.output("out", TextFiles.append(files.resolve("lines")));
        }
        EmbeddedOptions options = EmbeddedOptions.defaults();
        Waxwing.run(
                flow,
                way == Output.APPEND ? options : options.withRecovery(RecoveryOptions.in(store)));
    }

    private void byHand(Path file) throws IOException {
        try (FileChannel channel =
                        FileChannel.open(
                                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                BufferedWriter out =
                        new BufferedWriter(
                                Channels.newWriter(channel, StandardCharsets.UTF_8), 1 << 17)) {
            for (long i = 0; i < lines; i++) {
                out.write(line(i));
                out.write('\n');
            }
            out.flush();
            channel.force(false);
        }
    }

    private static long bytes(Path files) throws IOException {
        long bytes = 0;
        for (Path file : visible(files)) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    private static long checksum(Path files) throws IOException {
        CRC32C checksum = new CRC32C();
        byte[] block = new byte[1 << 16];
        for (Path file : visible(files)) {
            try (var in = Files.newInputStream(file)) {
                int count;
                while ((count = in.read(block)) >= 0) {
                    checksum.update(block, 0, count);
                }
            }
        }
        return checksum.getValue();
    }

    /* By name, which for parts is the order in which they were written. */
    private static List<Path> visible(Path files) throws IOException {
        try (Stream<Path> all = Files.list(files)) {
            return all.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /** What a way has written a second, in each round. */
    private static final class Rates {

        private final Output way;
        private final double[] megabytes;

        Rates(Output way, int rounds) {
            this.way = way;
            this.megabytes = new double[rounds];
        }

        String row() {
            double[] sorted = megabytes.clone();
            Arrays.sort(sorted);
            return String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %.0f |",
                    way.text,
                    sorted[sorted.length / 2],
                    sorted[0],
                    sorted[sorted.length - 1]);
        }
    }
}
