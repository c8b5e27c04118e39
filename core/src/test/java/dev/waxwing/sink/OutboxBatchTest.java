package dev.waxwing.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.sink.IdempotentPartition.OutboxBatch;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class OutboxBatchTest {

    @Test
    void idNamesExactlyTheItems() {
        assertThat(batch(4L).id()).isEqualTo("box/4");
        assertThat(batch(4L, 5L, 6L).id()).isEqualTo("box/4-6");
        assertThat(batch(1L, 4L, 5L, 9L).id()).isEqualTo("box/1,4-5,9");
    }

    @Test
    void itemHasTheSameIdInWhateverBatch() {
        assertThat(batch(1L, 4L, 5L).id(1)).isEqualTo(batch(4L).id(0)).isEqualTo("box/4");
    }

    @Test
    void batchWithoutItemsIsRefused() {
        assertThatThrownBy(() -> batch()).hasMessageContaining("a batch needs items");
    }

    private static OutboxBatch<String> batch(Long... places) {
        var owner =
                new Owner(
                        new UUID(0, 1),
                        1,
                        new UUID(0, 2),
                        found -> true,
                        false,
                        "shop",
                        "shop.out",
                        "a");
        List<Long> all = List.of(places);
        return new OutboxBatch<>(
                new Commit(1, owner),
                "box",
                Instant.EPOCH,
                true,
                all,
                all.stream().map(String::valueOf).toList());
    }
}
