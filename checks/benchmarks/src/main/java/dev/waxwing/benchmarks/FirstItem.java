package dev.waxwing.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.waxwing.Dataflow;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.state.StateUpdate;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A ten-line job in a JVM of its own, which says when its first item came out. */
public final class FirstItem {

    private FirstItem() {}

    /** Takes the directory of a recovery store, or nothing. */
    public static void main(String[] arguments) throws IOException {
        long start = System.nanoTime();
        AtomicBoolean first = new AtomicBoolean(true);
        Dataflow flow = Dataflow.named("first");
        flow.input("lines", new FewLines())
                .flatMap("words", line -> Arrays.asList(line.split(" ")))
                .keyOn("word", word -> word)
                .statefulMap(
                        "count",
                        (@Nullable Long count, String word) -> {
                            Long next = count == null ? 1L : count + 1;
                            return StateUpdate.keep(next, next);
                        })
                .map("line", (word, count) -> word + " " + count)
                .inspect(
                        "first",
                        (step, line) -> {
                            if (first.getAndSet(false)) {
                                report(System.nanoTime() - start);
                            }
                        })
                .output("out", new NullSink());
        if (arguments.length == 0) {
            Waxwing.run(flow);
        } else {
            Waxwing.run(flow, RecoveryOptions.in(Path.of(arguments[0])));
        }
        System.out.println("peak " + peakKilobytes());
    }

    private static void report(long nanos) {
        long cpuNanos =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                        .getProcessCpuTime();
        System.out.println("first " + nanos / 1_000);
        System.out.println("cpu " + cpuNanos / 1_000);
    }

    private static long peakKilobytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 10;
    }
}
