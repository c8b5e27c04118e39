package dev.waxwing.cli.soak;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
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
        uses.put(Resource.STORE, bytesIn(store, false));
        uses.put(Resource.LOG, bytesIn(store, true));
        return new Sample(uses, Long.parseLong(inner[4]));
    }

    long of(Resource resource) {
        return uses.getOrDefault(resource, 0L);
    }

    private static long number(List<String> status, String name) {
        String line =
                status.stream().filter(each -> each.startsWith(name)).findFirst().orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", ""));
    }

    /* Outboxes go while files are listed; those count of which the size can be told. */
    private static long bytesIn(Path store, boolean isLog) throws IOException {
        AtomicLong bytes = new AtomicLong();
        Files.walkFileTree(
                store,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (file.toString().endsWith("-wal") == isLog) {
                            bytes.addAndGet(attributes.size());
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException gone) {
                        return FileVisitResult.CONTINUE;
                    }
                });
        return bytes.get();
    }
}
