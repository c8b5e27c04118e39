package dev.waxwing.cli.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a process uses at a moment, as it says itself and as the operating system does. */
record Sample(Map<Resource, Long> uses, long doneEpoch) {

    /**
     * Measures a process.
     *
     * @param told what it has answered
     */
    static Sample of(long pid, String told, Path store) throws IOException {
        String[] inner = told.split(" ", -1);
        Map<Resource, Long> uses = new EnumMap<>(Resource.class);
        uses.put(Resource.HEAP, Long.parseLong(inner[0]));
        uses.put(Resource.METASPACE, Long.parseLong(inner[1]));
        uses.put(Resource.DIRECT_BUFFERS, Long.parseLong(inner[2]));
        uses.put(Resource.LOADED_CLASSES, Long.parseLong(inner[3]));
        Path process = Path.of("/proc", Long.toString(pid));
        List<String> status = Files.readAllLines(process.resolve("status"));
        uses.put(Resource.RESIDENT, number(status, "VmRSS:") << 10);
        uses.put(Resource.THREADS, number(status, "Threads:"));
        try (Stream<Path> open = Files.list(process.resolve("fd"))) {
            uses.put(Resource.HANDLES, open.count());
        }
        uses.put(Resource.STORE, bytesIn(store));
        return new Sample(uses, Long.parseLong(inner[4]));
    }

    long of(Resource resource) {
        return uses.getOrDefault(resource, 0L);
    }

    private static long number(List<String> status, String name) {
        String line = status.stream().filter(each -> each.startsWith(name)).findFirst().orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", ""));
    }

    private static long bytesIn(Path directory) throws IOException {
        long bytes = 0;
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                bytes += Files.isRegularFile(each) ? Files.size(each) : 0;
            }
        } catch (java.io.UncheckedIOException | NoSuchFileException outboxIsGone) {
            /* Outboxes go while files are listed; the next look is at those that are there then. */
            return bytesIn(directory);
        }
        return bytes;
    }
}
