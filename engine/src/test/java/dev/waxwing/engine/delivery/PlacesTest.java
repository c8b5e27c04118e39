package dev.waxwing.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class PlacesTest {

    @Test
    void allPlacesAreLeftIfNoneWasRejected() {
        assertThat(all(new Places(3, List.of()))).containsExactly(0L, 1L, 2L);
    }

    @Test
    void rejectedPlacesAreLeftOutAtBothEndsAndNextToEachOther() {
        assertThat(all(new Places(8, List.of(0L, 3L, 4L, 7L)))).containsExactly(1L, 2L, 5L, 6L);
    }

    @Test
    void whatIsLeftIsWhatWasNotRejected() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        var rejected = new TreeSet<Long>();
        random.longs(300, 0, 1_000).forEach(rejected::add);

        assertThat(all(new Places(1_000, rejected)))
                .as("seed %d", seed)
                .isEqualTo(
                        LongStream.range(0, 1_000)
                                .boxed()
                                .filter(place -> !rejected.contains(place))
                                .toList());
    }

    @Test
    void placeBehindTheLastIsRefused() {
        Places places = new Places(3, List.of(1L));

        assertThatThrownBy(() -> places.at(2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("2 of 2");
    }

    private static List<Long> all(Places places) {
        return IntStream.range(0, places.count()).mapToObj(places::at).toList();
    }
}
