package dev.waxwing.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Samples of processes one after the other, of several executions each. */
final class Series {

    private final List<List<List<Sample>>> processes = new ArrayList<>();
    private final int spares;

    /**
     * @param spares as of {@link Resource#max}; 1 for many samples of what goes on evenly
     */
    Series(int spares) {
        this.spares = spares;
    }

    /** From now on, samples are of a new process. */
    void beginProcess() {
        processes.add(new ArrayList<>());
    }

    /** From now on, samples are of a new execution of the process. */
    void beginExecution() {
        last(processes).add(new ArrayList<>());
    }

    void add(Sample sample) {
        last(last(processes)).add(sample);
    }

    /** A line for each execution: what is typical of each resource. */
    String table() {
        StringBuilder text = new StringBuilder("process execution samples");
        for (Resource resource : Resource.values()) {
            text.append(' ').append(resource.name().toLowerCase(Locale.ROOT));
        }
        text.append('\n');
        for (int process = 0; process < processes.size(); process++) {
            List<List<Sample>> executions = processes.get(process);
            for (int execution = 0; execution < executions.size(); execution++) {
                List<Sample> samples = executions.get(execution);
                text.append("%7d %9d %7d".formatted(process + 1, execution + 1, samples.size()));
                for (Resource resource : Resource.values()) {
                    text.append(' ').append(cell(resource, typical(samples, resource)));
                }
                text.append('\n');
            }
        }
        return text.toString();
    }

    /** Fails if later executions of a process use more than its first. */
    void checkOverExecutions(Resource... resources) {
        for (List<List<Sample>> executions : processes) {
            for (List<Sample> execution : executions.subList(1, executions.size())) {
                check(
                        "an execution that was started again",
                        executions.get(0),
                        execution,
                        resources);
            }
        }
    }

    /** Fails if processes of the last third use more than those of the second, at the same ages. */
    void checkOverProcesses(Resource... resources) {
        int third = processes.size() / 3;
        int end = processes.size();
        check(
                "processes of the last third",
                samplesOf(end - 2 * third, end - third),
                samplesOf(end - third, end),
                resources);
    }

    private void check(
            String what, List<Sample> before, List<Sample> after, Resource... resources) {
        for (Resource resource : resources) {
            long was = typical(before, resource);
            long is = typical(after, resource);
            assertThat(is)
                    .as("%s of %s, that was %d before", resource, what, was)
                    .isLessThanOrEqualTo(resource.max(was, spares));
        }
    }

    private List<Sample> samplesOf(int from, int to) {
        List<Sample> samples = new ArrayList<>();
        processes.subList(from, to).forEach(each -> each.forEach(samples::addAll));
        return samples;
    }

    /* The median; of the heap the least, as what is on its way at the moment is in it, too. */
    private static long typical(List<Sample> samples, Resource resource) {
        assertThat(samples).as("samples").isNotEmpty();
        long[] sorted = samples.stream().mapToLong(each -> each.of(resource)).sorted().toArray();
        return sorted[resource == Resource.HEAP ? 0 : sorted.length / 2];
    }

    private static String cell(Resource resource, long value) {
        int width = resource.name().length();
        return resource.isBytes()
                ? ("%" + width + ".1f").formatted(value / 1_048_576.0)
                : ("%" + width + "d").formatted(value);
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }
}
