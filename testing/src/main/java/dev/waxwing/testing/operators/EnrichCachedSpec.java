package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.keyed;
import static dev.waxwing.testing.TestItems.pause;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.step.CacheOptions;
import dev.waxwing.testing.TestSink;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** What {@code enrichCached} means on any runner. */
public abstract class EnrichCachedSpec extends OperatorSpec {

    private static final CacheOptions LASTING = CacheOptions.entries(10);

    @Test
    void givesTheMapperWhatTheGetterFinds() {
        given(1, 2)
                .through(
                        numbers ->
                                numbers.<Integer, String, String>enrichCached(
                                        "name",
                                        n -> "name of " + n,
                                        (cache, n) -> n + " " + cache.get(n),
                                        LASTING))
                .expect("1 name of 1", "2 name of 2");
    }

    @Test
    void freshEntryIsNotLookedUpAgain() {
        inModes(
                mode -> !mode.restoreAfterEachBatch(),
                world ->
                        assertThat(lookUps(world, LASTING, List.of(1, 1, 2, 1)))
                                .containsExactly(1, 2));
    }

    @Test
    void expiredEntryIsLookedUpAgain() {
        inModes(
                SpecMode::isPlain,
                world ->
                        assertThat(
                                        lookUps(
                                                world,
                                                LASTING.withTimeToLive(Duration.ofMillis(20)),
                                                List.of(1, pause(Duration.ofMillis(100)), 1)))
                                .containsExactly(1, 1));
    }

    @Test
    void entryThatIsKeptForEverIsNotLookedUpAgain() {
        inModes(
                SpecMode::isPlain,
                world ->
                        assertThat(
                                        lookUps(
                                                world,
                                                LASTING.withTimeToLive(
                                                        Duration.ofSeconds(Long.MAX_VALUE)),
                                                List.of(1, 1)))
                                .containsExactly(1));
    }

    @Test
    void leastRecentlyUsedEntryGoesFirst() {
        inModes(
                mode -> !mode.restoreAfterEachBatch(),
                world ->
                        assertThat(
                                        lookUps(
                                                world,
                                                CacheOptions.entries(2),
                                                List.of(1, 2, 1, 3, 1, 2)))
                                .containsExactly(1, 2, 3, 2));
    }

    @Test
    void removedEntryIsLookedUpAgain() {
        inModes(
                mode -> !mode.restoreAfterEachBatch(),
                world -> {
                    Queue<Integer> lookUps = new ConcurrentLinkedQueue<>();
                    var out = new TestSink<Boolean>();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 1))
                            .<Integer, Integer, Boolean>enrichCached(
                                    "cached",
                                    n -> {
                                        lookUps.add(n);
                                        return n;
                                    },
                                    (cache, n) -> {
                                        cache.get(n);
                                        return cache.remove(n) && !cache.remove(n);
                                    },
                                    LASTING)
                            .output("out", out);

                    world.run(flow);

                    assertThat(lookUps).containsExactly(1, 1);
                    assertThat(out.committed()).containsExactly(true, true);
                });
    }

    @Test
    void failureOfTheGetterNamesTheStep() {
        given(1).through(
                        numbers ->
                                numbers.<Integer, String, String>enrichCached(
                                        "bad",
                                        n -> failWith("boom"),
                                        (cache, n) -> cache.get(n),
                                        LASTING))
                .expectFailure("step 'flow.bad'", "boom");
    }

    @Test
    void keyAndValueAreEnrichedAndTheKeyStays() {
        givenKeyed(keyed("a", 1), keyed("b", 2))
                .through(
                        pairs ->
                                pairs.<String, String, String>enrichCached(
                                        "name",
                                        key -> "name of " + key,
                                        (cache, pair) -> pair.value() + " " + cache.get(pair.key()),
                                        LASTING))
                .expect(keyed("a", "1 name of a"), keyed("b", "2 name of b"));
    }

    @Test
    void valuesShareTheCacheOfTheirWorker() {
        inModes(
                SpecMode::isPlain,
                world -> {
                    Queue<String> lookUps = new ConcurrentLinkedQueue<>();
                    var flow = Dataflow.named("flow");
                    flow.input("in", world.<Integer>source(1, 2, 1))
                            .keyOn("key", n -> n)
                            .<String, String, String>enrichCached(
                                    "cached",
                                    place -> {
                                        lookUps.add(place);
                                        return place;
                                    },
                                    (cache, pair) -> cache.get("everywhere"),
                                    LASTING)
                            .output("out", new TestSink<String>());

                    world.run(flow);

                    assertThat(lookUps).containsExactly("everywhere");
                });
    }

    @Test
    void failureOfTheGetterOfValuesNamesStepAndKey() {
        givenKeyed(keyed("a", 1))
                .through(
                        pairs ->
                                pairs.<String, String, String>enrichCached(
                                        "bad",
                                        key -> failWith("boom"),
                                        (cache, pair) -> cache.get(pair.key()),
                                        LASTING))
                .expectFailure("step 'flow.bad'", "boom for key 'a'");
    }

    private static List<Integer> lookUps(SpecWorld world, CacheOptions options, List<?> elements)
            throws Exception {
        Queue<Integer> lookUps = new ConcurrentLinkedQueue<>();
        var flow = Dataflow.named("flow");
        flow.input("in", world.<Integer>sourceOf(elements))
                .<Integer, Integer, Integer>enrichCached(
                        "cached",
                        n -> {
                            lookUps.add(n);
                            return n;
                        },
                        (cache, n) -> cache.get(n),
                        options)
                .output("out", new TestSink<Integer>());
        world.run(flow);
        return List.copyOf(lookUps);
    }
}
