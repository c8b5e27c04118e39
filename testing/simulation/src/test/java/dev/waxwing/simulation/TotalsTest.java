package dev.waxwing.simulation;

import static dev.waxwing.testing.TestItems.crash;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.Keyed;
import dev.waxwing.Stream;
import dev.waxwing.sink.Sink;
import dev.waxwing.source.Source;
import dev.waxwing.state.StateMapper;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.testing.TestRun;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a user writes; the guide takes its code from here. */
final class TotalsTest {

    // region flow
    record Visit(String user, long amount) {}

    static Dataflow flow(Source<Visit> visits, Sink<Keyed<String, Long>> totals) {
        StateMapper<Long, Visit, Long> add =
                (total, visit) -> {
                    long sum = (total == null ? 0 : total) + visit.amount();
                    return StateUpdate.keep(sum, sum);
                };
        var flow = Dataflow.named("totals");
        flow.input("visits", visits)
                .keyOn("by-user", Visit::user)
                .statefulMap("total", add)
                .<Keyed<String, Long>>map("pair", Keyed::new)
                .output("totals", totals);
        return flow;
    }

    // endregion

    // region crash
    @Test
    void totalsSurviveACrash() {
        var source =
                TestSource.of(new Visit("a", 1), new Visit("a", 2), crash(), new Visit("a", 3));
        var totals = new TestSink<Keyed<String, Long>>();

        TestRun.of(flow(source, totals)).withEpochAfterEachBatch().run();

        assertThat(totals.committed()).extracting(Keyed::value).containsExactly(1L, 3L, 6L);
    }

    // endregion

    // region anything
    @SimulationTest(seeds = 500)
    void totalsSurviveAnything(Simulation world) {
        List<Visit> visits = visits(world.chance());

        world.run(flow(world.keyedSource(visits, Visit::user), world.sink()))
                .expectInOrderPerKey(totals(visits));
    }

    // endregion

    // region later
    @SimulationTest(seeds = 200)
    void everyVisitIsPricedOnce(Simulation world) {
        List<Visit> visits = visits(world.chance());
        var flow = Dataflow.named("prices");
        Stream<Visit> priced =
                flow.input("visits", world.source(visits))
                        .mapAsync(
                                "price",
                                visit -> world.later(() -> new Visit(visit.user(), 7)),
                                AsyncOptions.defaults());
        priced.output("priced", world.sink());

        world.run(flow)
                .expectExactlyOnce(
                        visits.stream().map(visit -> new Visit(visit.user(), 7)).toList());
    }

    // endregion

    private static List<Visit> visits(Chance chance) {
        List<Visit> visits = new ArrayList<>();
        int count = chance.below(60);
        for (int i = 0; i < count; i++) {
            visits.add(new Visit("user-" + chance.below(6), chance.below(100)));
        }
        return visits;
    }

    private static Map<String, List<Long>> totals(List<Visit> visits) {
        Map<String, List<Long>> totals = new TreeMap<>();
        for (Visit visit : visits) {
            List<Long> of = totals.computeIfAbsent(visit.user(), user -> new ArrayList<>());
            of.add((of.isEmpty() ? 0 : of.get(of.size() - 1)) + visit.amount());
        }
        return totals;
    }
}
