package dev.waxwing.recovery.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.run.FileAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which stores a mark fits, and which of its two places counts. */
final class StoreMarkTest {

    private static final UUID OURS = new UUID(1, 1);
    private static final UUID OTHERS = new UUID(2, 2);

    @TempDir private Path directory;

    @Test
    void markOfTheStoreAsItIsFits() {
        assertFits(new StoreMark.Point(OURS, 3, 30), new StoreMark.Point(OURS, 3, 30));
    }

    @Test
    void markThatALossOfPowerLeftBehindTheStoreFits() {
        assertFits(new StoreMark.Point(OURS, 2, 20), new StoreMark.Point(OURS, 3, 30));
    }

    @Test
    void markOneTransactionAheadIsRefused() {
        assertRefused(
                new StoreMark.Point(OURS, 4, 40),
                new StoreMark.Point(OURS, 3, 30),
                "written to 4 times, but recovery.sqlite knows of 3");
    }

    @Test
    void markOfAnotherStoreIsRefusedAlsoIfThatIsBehind() {
        assertRefused(
                new StoreMark.Point(OTHERS, 2, 20),
                new StoreMark.Point(OURS, 3, 30),
                "belongs to another store");
    }

    @Test
    void markOfAnotherContentOfTheSameNumberIsRefused() {
        assertRefused(
                new StoreMark.Point(OURS, 3, 31),
                new StoreMark.Point(OURS, 3, 30),
                "was written for another content");
    }

    @Test
    void missingMarkIsCalledMissingAlsoOfAStoreThatHasJustBeenMade() {
        assertRefused(StoreMark.Point.NONE, new StoreMark.Point(OURS, 1, 10), "is missing");
    }

    @Test
    void newestOfTheTwoPlacesCounts() throws IOException {
        StoreMark.Point first = new StoreMark.Point(OURS, 1, 10);
        StoreMark.Point second = new StoreMark.Point(OURS, 2, 20);
        StoreMark.Point third = new StoreMark.Point(OURS, 3, 30);
        StoreMark.announce(directory, FileAccess.OWNER);

        try (StoreMark mark = StoreMark.open(directory, 1)) {
            mark.fill(first);
            mark.record(second);
        }
        assertThat(StoreMark.read(directory)).isEqualTo(second);

        try (StoreMark mark = StoreMark.open(directory, 2)) {
            mark.record(third);
        }
        assertThat(StoreMark.read(directory)).isEqualTo(third);
    }

    private void assertFits(StoreMark.Point marked, StoreMark.Point now) {
        assertThatCode(() -> StoreMark.check(directory, marked, now)).doesNotThrowAnyException();
    }

    private void assertRefused(StoreMark.Point marked, StoreMark.Point now, String why) {
        assertThatThrownBy(() -> StoreMark.check(directory, marked, now))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("its recovery.mark")
                .hasMessageContaining(why);
    }
}
