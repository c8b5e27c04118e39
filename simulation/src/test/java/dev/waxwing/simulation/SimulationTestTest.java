package dev.waxwing.simulation;

import dev.waxwing.Dataflow;
import dev.waxwing.Keyed;
import dev.waxwing.function.StateMapper;
import dev.waxwing.source.Source;
import dev.waxwing.state.StateUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a user writes. */
final class SimulationTestTest {

    private record Visit(String user, long amount) {}

    @SimulationTest(seeds = 2_000)
    void totalsSurviveAnything(Simulation world) {
        List<Visit> visits = visits(world.chance());
        SimulatedSink<Keyed<String, Long>> sink = world.sink();
        var flow = flow(world.keyedSource(visits, Visit::user), sink);

        world.run(flow).expectInOrderPerKey(totals(visits));
    }

    private static Dataflow flow(Source<Visit> source, SimulatedSink<Keyed<String, Long>> sink) {
        StateMapper<Long, Long, Long> add =
                (total, amount) -> {
                    long sum = (total == null ? 0 : total) + amount;
                    return StateUpdate.keep(sum, sum);
                };
        var flow = Dataflow.named("totals");
        flow.input("visits", source)
                .keyOn("by-user", Visit::user)
                .mapValue("amount", Visit::amount)
                .statefulMap("total", add)
                .<Keyed<String, Long>>map("pair", Keyed::new)
                .output("totals", sink);
        return flow;
    }

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
