package dev.waxwing.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.sink.Owner.KnownMarkers;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class OwnerTest {

    private final UUID lineage = new UUID(0, 1);
    private final UUID token = new UUID(0, 2);
    private final UUID other = new UUID(0, 3);

    @Test
    void firstOwnerBeginsBeforeAnyEpoch() throws FencedException {
        assertThat(owner(1, false).takeOver(null)).isEqualTo(new Marker(0, 1, lineage, token));
    }

    @Test
    void newerGenerationTakesOverAndKeepsTheEpoch() throws FencedException {
        Marker found = new Marker(7, 1, lineage, other);

        assertThat(owner(2, false).takeOver(found)).isEqualTo(new Marker(7, 2, lineage, token));
    }

    @Test
    void ownerMayClaimAgain() throws FencedException {
        Marker own = new Marker(7, 2, lineage, token);

        assertThat(owner(2, marker -> false, false).takeOver(own)).isEqualTo(own);
    }

    @Test
    void olderGenerationIsFencedWhateverIsKnown() {
        Marker found = new Marker(7, 3, lineage, other);

        assertThatThrownBy(() -> owner(2, false).takeOver(found))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("dataflow 'shop', step 'shop.out', partition 'a'")
                .hasMessageContaining("generation 3, which is newer");
    }

    @Test
    void ownerIsFencedByAnEarlierExecutionThatItsStoreDoesNotKnow() {
        Marker found = new Marker(7, 1, lineage, other);

        assertThatThrownBy(() -> owner(2, marker -> false, false).takeOver(found))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("generation 1, of which nothing is known to this execution")
                .hasMessageContaining("the recovery store was copied")
                .hasMessageContaining("adopt");
    }

    @Test
    void ownerIsFencedByAnotherOneOfItsGeneration() {
        Marker found = new Marker(7, 2, lineage, other);

        assertThatThrownBy(
                        () -> owner(2, known -> known.owner().equals(token), false).takeOver(found))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("generation 2, of which nothing is known")
                .hasMessageContaining("the recovery store was copied");
    }

    @Test
    void markerOfAnotherStoreIsRefused() {
        Marker found = new Marker(7, 1, other, other);

        assertThatThrownBy(() -> owner(2, false).takeOver(found))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("written from another recovery store")
                .hasMessageContaining("adopt");
    }

    @Test
    void adoptedMarkerOfAnotherStoreBeginsBeforeAnyEpoch() throws FencedException {
        Marker found = new Marker(7, 9, other, other);

        assertThat(owner(2, true).takeOver(found)).isEqualTo(new Marker(0, 2, lineage, token));
    }

    @Test
    void adoptedMarkerOfTheSameStoreKeepsItsEpoch() throws FencedException {
        Marker found = new Marker(7, 9, lineage, other);

        assertThat(owner(2, true).takeOver(found)).isEqualTo(new Marker(7, 2, lineage, token));
    }

    @Test
    void ownerIsFencedByAnotherGenerationWithItsToken() {
        Marker found = new Marker(7, 1, lineage, token);

        assertThatThrownBy(() -> owner(2, marker -> false, false).takeOver(found))
                .isInstanceOf(FencedException.class);
    }

    @Test
    void commitOfAnOwnerWhoWasFencedIsRefused() {
        var commit = new Commit(8, owner(2, false));

        assertThatThrownBy(() -> commit.check(new Marker(7, 3, lineage, other)))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("was taken over by generation 3");
        assertThatThrownBy(() -> commit.check(null)).hasMessageContaining("is gone");
    }

    @Test
    void commitIsRefusedIfTheMarkerIsOfAnotherExecutionOfTheSameGeneration() {
        var commit = new Commit(8, owner(2, false));

        assertThatThrownBy(() -> commit.check(new Marker(7, 2, lineage, other)))
                .isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> commit.check(new Marker(7, 1, lineage, token)))
                .isInstanceOf(FencedException.class);
    }

    @Test
    void commitOfTheOwnerPasses() throws FencedException {
        var commit = new Commit(8, owner(2, false));

        commit.check(new Marker(7, 2, lineage, token));

        assertThat(commit.marker()).isEqualTo(new Marker(8, 2, lineage, token));
    }

    private Owner owner(long generation, boolean adopts) {
        return owner(generation, marker -> true, adopts);
    }

    private Owner owner(long generation, KnownMarkers known, boolean adopts) {
        return new Owner(lineage, generation, token, known, adopts, "shop", "shop.out", "a");
    }
}
