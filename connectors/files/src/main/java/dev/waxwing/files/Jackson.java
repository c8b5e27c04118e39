package dev.waxwing.files;

import dev.waxwing.internal.NeededJars;
import dev.waxwing.step.InvalidDataflowException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds out whether the Jackson that is there can be used, when a dataflow is built and not at its
 * first item.
 */
final class Jackson {

    private static final @Nullable String PROBLEM =
            NeededJars.jackson().problem(Jackson.class.getClassLoader(), Jackson::writeAndRead);

    private Jackson() {}

    /**
     * Does nothing if it can be used.
     *
     * @throws InvalidDataflowException if not; says which jar is too old or missing
     */
    static void require() {
        if (PROBLEM != null) {
            throw new InvalidDataflowException(null, PROBLEM);
        }
    }

    private static void writeAndRead() {
        JsonMapper mapper = StrictJson.reading().build();
        byte[] json = mapper.writeValueAsBytes(new Probe(1, List.of("a")));
        mapper.readerFor(Probe.class).readValue(json);
    }

    /** What is written and read again. */
    record Probe(int number, List<String> texts) {}
}
