package dev.waxwing.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * W7: the time from {@code main} to the first item, and the memory, of {@link FirstItem}, in JVMs
 * without options but for a temporary directory of their own: the driver of the recovery store
 * looks at each file there.
 */
final class StartUp {

    private final int rounds;
    private final Path stores;

    StartUp(int rounds, Path stores) {
        this.rounds = rounds;
        this.stores = stores;
    }

    /** Runs it without and with recovery, in turn, and returns a table. */
    List<String> lines() throws Exception {
        List<Started> without = new ArrayList<>();
        List<Started> with = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            without.add(start());
            Path directory = Files.createTempDirectory(stores, "store");
            with.add(start(directory.toString()));
        }
        return List.of(
                "| W7 start of a ten-line job | first item after main, ms, median | min | max |"
                        + " CPU ms of the process until then, median | peak resident MB, median |",
                "| --- | --: | --: | --: | --: | --: |",
                line("without recovery", without),
                line("with recovery, new store", with));
    }

    private Started start(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.io.tmpdir=" + Files.createTempDirectory(stores, "temporary"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(FirstItem.class.getName());
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        double first = -1;
        double cpu = -1;
        double peak = -1;
        StringBuilder said = new StringBuilder();
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = reader.readLine()) != null) {
                said.append(line).append('\n');
                if (line.startsWith("first ")) {
                    first = Long.parseLong(line.substring(6)) / 1e3;
                } else if (line.startsWith("cpu ")) {
                    cpu = Long.parseLong(line.substring(4)) / 1e3;
                } else if (line.startsWith("peak ")) {
                    peak = Long.parseLong(line.substring(5)) / 1024.0;
                }
            }
        }
        if (process.waitFor() != 0 || first < 0 || peak < 0) {
            throw new IOException("the job failed: " + said);
        }
        return new Started(first, cpu, peak);
    }

    private static String line(String name, List<Started> of) {
        double[] millis = of.stream().mapToDouble(Started::millis).sorted().toArray();
        double[] cpu = of.stream().mapToDouble(Started::cpuMillis).sorted().toArray();
        double[] peaks = of.stream().mapToDouble(Started::megabytes).sorted().toArray();
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.0f | %.0f | %.0f |",
                name,
                millis[millis.length / 2],
                millis[0],
                millis[millis.length - 1],
                cpu[cpu.length / 2],
                peaks[peaks.length / 2]);
    }

    private record Started(double millis, double cpuMillis, double megabytes) {}
}
