package dev.waxwing.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.AsyncOptions;
import dev.waxwing.CacheOptions;
import dev.waxwing.CollectOptions;
import dev.waxwing.Dataflow;
import dev.waxwing.EventTime;
import dev.waxwing.FailurePolicy;
import dev.waxwing.Fixtures;
import dev.waxwing.StateOptions;
import dev.waxwing.Stream;
import dev.waxwing.TypeRef;
import dev.waxwing.state.StateUpdate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A plan can travel: every operator's kernel, function and option is serializable. */
final class PlanSerializationTest {

    @Test
    void planOfEveryOperatorIsTheSameAfterATrip() throws Exception {
        Plan plan = everyOperator().plan();

        Plan arrived = trip(plan);

        assertThat(arrived.toJson()).isEqualTo(plan.toJson());
        assertThat(arrived.renames()).isEqualTo(plan.renames());
        assertThat(arrived.coreSteps())
                .extracting(CoreStep::id)
                .isEqualTo(plan.coreSteps().stream().map(CoreStep::id).toList());
        assertThat(arrived.coreSteps())
                .filteredOn(step -> step.operator() instanceof CoreOperator.Stateful)
                .extracting(step -> ((CoreOperator.Stateful) step.operator()).spec().stateType())
                .filteredOn(type -> type != null)
                .extracting(TypeRef::toString)
                .contains("java.lang.Long", "java.util.List<java.lang.String>");
    }

    private static Dataflow everyOperator() {
        var flow = Dataflow.named("flow");
        Stream<String> words = flow.input("in", Fixtures.<String>source());
        var numbers =
                words.flatMap("split", line -> List.of(line.split(" ")))
                        .filter("some", word -> !word.isEmpty())
                        .filterMap("length", word -> word.isEmpty() ? null : word.length())
                        .flatMapBatch("batch", batch -> batch)
                        .inspect("look", (id, n) -> {})
                        .inspectDebug("stare", (id, n, epoch, worker) -> {})
                        .watermark(
                                "time",
                                n -> Instant.EPOCH.plusSeconds(n),
                                EventTime.outOfOrderBy(Duration.ofSeconds(1)))
                        .map("risky", n -> 10 / n)
                        .onFailure(FailurePolicy.deadLetter());
        numbers.deadLetters().output("dead", Fixtures.sink());
        var sides = numbers.branch("sides", n -> n > 1);
        sides.trues()
                .<Integer, Integer, Integer>enrichCached(
                        "enrich", n -> n, (cache, n) -> cache.get(n), CacheOptions.entries(3))
                .mapAsync(
                        "call", n -> CompletableFuture.completedFuture(n), AsyncOptions.defaults())
                .merge("both", sides.falses())
                .redistribute("spread")
                .output("numbers", Fixtures.sink());
        var keyed = words.keyOn("key", word -> word);
        keyed.mapValue("v", String::length)
                .filterValue("fv", n -> n > 0)
                .flatMapValue("fmv", n -> List.of(n, n))
                .filterMapValue("fpv", n -> n)
                .<Long, Long>statefulMap(
                        "total",
                        (Long total, Integer n) -> StateUpdate.keep(n + 1L, n + 1L),
                        StateOptions.expireAfter(Duration.ofDays(1)))
                .formerly("sum")
                .dropKey("plain")
                .output("totals", Fixtures.sink());
        keyed.collect("lists", CollectOptions.upTo(3, Duration.ofSeconds(1)))
                .map("pair", (key, list) -> key + list)
                .output("pairs", Fixtures.sink());
        keyed.countFinal("count").dropKey("counts").raises("never");
        keyed.reduceFinal("longest", (left, right) -> left)
                .state(new TypeRef<List<String>>() {})
                .output("longest-out", Fixtures.sink());
        return flow;
    }

    private static Plan trip(Plan plan) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(plan);
        }
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (Plan) in.readObject();
        }
    }
}
