package dev.waxwing.engine.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.engine.compile.RestoredState;
import dev.waxwing.engine.compile.StateIds;
import dev.waxwing.engine.delivery.DeliveryPart;
import dev.waxwing.engine.delivery.Progress;
import dev.waxwing.engine.site.Openings;
import dev.waxwing.engine.worker.HandSchemas;
import dev.waxwing.plan.Plan;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Owner;
import dev.waxwing.step.DataflowException;
import dev.waxwing.step.DeliveryException;
import dev.waxwing.testing.TestSource;
import dev.waxwing.testing.TransactionalTarget;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One partition is claimed with nothing but its owner and what is stored of it. */
final class PartClaimTest {

    private static final UUID LINEAGE = new UUID(0, 1);
    private static final UUID TOKEN = new UUID(0, 2);

    private final TransactionalTarget<String> target = new TransactionalTarget<>("a", "b");
    private final Plan plan = plan();
    private final CoreStep step = plan.coreSteps().get(1);

    @Test
    void partitionsOfASinkMayBeClaimedInGenerationsOfTheirOwn() {
        claim("a", 7, 0).claim();
        claim("b", 3, 0).claim();

        assertThat(target.marker("a")).isEqualTo(new Marker(0, 7, LINEAGE, TOKEN));
        assertThat(target.marker("b")).isEqualTo(new Marker(0, 3, LINEAGE, TOKEN));
    }

    @Test
    void earlierGenerationIsFencedWhateverTheOtherPartitionsHave() {
        claim("a", 7, 0).claim();

        assertThatThrownBy(() -> claim("a", 6, 0).claim())
                .isInstanceOf(DataflowException.class)
                .hasMessageContaining("belongs to generation 7, which is newer");
        assertThat(target.marker("a")).isEqualTo(new Marker(0, 7, LINEAGE, TOKEN));
    }

    @Test
    void lookFindsWhatTheTargetLacksAndLeavesItAsItWas() {
        Marker old = new Marker(4, 1, LINEAGE, TOKEN);
        target.restore("a", old);

        assertThatThrownBy(() -> claim("a", 2, 5).look())
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("holds epoch 4, but epoch 5 was committed to it");
        assertThat(target.marker("a")).isEqualTo(old);
    }

    @Test
    void claimWithoutALookFindsItToo() {
        target.restore("a", new Marker(4, 1, LINEAGE, TOKEN));

        assertThatThrownBy(() -> claim("a", 2, 5).claim()).isInstanceOf(DeliveryException.class);
    }

    @Test
    void claimGoesOnFromWhatIsStored() {
        target.restore("a", new Marker(5, 1, LINEAGE, TOKEN));
        PartClaim claim = claim("a", 2, 5);

        claim.claim();

        assertThat(claim.heldEpoch()).isEqualTo(5);
        assertThat(claim.isAdopted()).isFalse();
        assertThat(claim.part().last()).isEqualTo(5);
    }

    @Test
    void adoptedTargetCountsAsItIs() {
        target.restore("a", new Marker(4, 9, LINEAGE, TOKEN));
        PartClaim claim = claim("a", 2, 5, true);

        claim.claim();

        assertThat(claim.heldEpoch()).isEqualTo(4);
        assertThat(claim.isAdopted()).isTrue();
        assertThat(claim.part().last()).isEqualTo(4);
    }

    private PartClaim claim(String name, long generation, long lastEpoch) {
        return claim(name, generation, lastEpoch, false);
    }

    private PartClaim claim(String name, long generation, long lastEpoch, boolean adopts) {
        Encodings encodings = new Encodings(plan, new HandSchemas(), CodecRegistry.empty());
        RestoredState state =
                new RestoredState(
                        null,
                        encodings.encodings(),
                        Map.of(
                                StateIds.partitions(step),
                                List.of(
                                        new RestoredState.Entry(
                                                name, new Progress(lastEpoch, null)))),
                        0);
        StoredParts stored = new StoredParts(step, target, state, encodings);
        Owner owner =
                new Owner(
                        LINEAGE,
                        generation,
                        TOKEN,
                        found -> true,
                        adopts,
                        "flow",
                        "flow.out",
                        name);
        DeliveryPart part =
                new DeliveryPart(
                        step,
                        owner,
                        PartClaim.open(step, target, name, Openings.atOnce()),
                        stored.items(),
                        null,
                        0);
        return new PartClaim(part, stored, lastEpoch, Openings.atOnce());
    }

    private Plan plan() {
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", TestSource.of("x")).output("out", target);
        return flow.plan();
    }
}
