package dev.waxwing.files;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.run.Execution;
import java.time.Duration;

/**
 * A process that reads its standard input by a dataflow, prints what it reads, and is told by each
 * line how to go on: {@code stop} and {@code abort} end the execution, {@code again} stops it and
 * starts another. Prints how it has ended.
 */
final class IdlePipe {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private IdlePipe() {}

    public static void main(String[] arguments) throws InterruptedException {
        String word = "again";
        while (word.equals("again")) {
            Commands commands = new Commands();
            var flow = Dataflow.named("flow");
            flow.input("in", StandardStreams.in()).output("out", commands);
            Execution execution = Waxwing.start(flow, EmbeddedOptions.defaults().withWorkers(1));
            word = commands.next();
            if (word.equals("abort")) {
                execution.abort();
            } else {
                execution.stop(Duration.ofHours(1));
            }
            System.out.println(
                    word + " " + (execution.await(LIMIT) ? execution.status() : "does not end"));
        }
        System.out.println("over");
        Runtime.getRuntime().halt(0);
    }
}
