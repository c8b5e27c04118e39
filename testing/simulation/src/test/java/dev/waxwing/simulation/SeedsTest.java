package dev.waxwing.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SeedsTest {

    @Test
    void eachSeedIsRunOnce() {
        List<Long> seeds = new ArrayList<>();

        Simulation.seeds(3, world -> seeds.add(world.seed()));

        assertThat(seeds).containsExactly(0L, 1L, 2L);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void testThatWouldRunInNoWorldIsRefused(int seeds) {
        assertThatThrownBy(() -> Simulation.seeds(seeds, world -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("seeds must be 1 or more, but was " + seeds);
    }
}
