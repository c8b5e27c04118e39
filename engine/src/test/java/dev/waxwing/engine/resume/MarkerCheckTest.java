package dev.waxwing.engine.resume;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.engine.delivery.DeliveryPart;
import dev.waxwing.engine.delivery.HandParts;
import dev.waxwing.engine.delivery.OutboxEntry;
import dev.waxwing.engine.delivery.Prepared;
import dev.waxwing.recovery.segment.SegmentRef;
import dev.waxwing.sink.Outcome;
import dev.waxwing.step.DeliveryException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which epochs a target may hold when epochs 2 and 4 are decided and not done, and 1 is done. */
final class MarkerCheckTest {

    private final DeliveryPart part = HandParts.of("flow.out", staged -> Outcome.committed());
    private final MarkerCheck check = new MarkerCheck(part, 1);
    private final List<Prepared> works = List.of(work(1, 0), work(2, 1), work(4, 2));

    @Test
    void targetMayHoldTheLastThatIsDoneOrOneThatIsDecided() {
        check.check(1, 4, works);
        check.check(2, 4, works);
        check.check(4, 4, works);
    }

    @Test
    void targetThatLacksWhatIsDoneIsRefused() {
        assertThatThrownBy(() -> check.check(0, 4, works))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("holds epoch 0, but epoch 1 was committed to it");
    }

    @Test
    void targetThatLacksTheLastIsRefusedIfAllIsDone() {
        check.check(1, 1, List.of(works.get(0)));

        assertThatThrownBy(() -> check.check(0, 1, List.of(works.get(0))))
                .hasMessageContaining("epoch 1 was committed to it");
        assertThatThrownBy(() -> check.check(0, 1, List.of()))
                .hasMessageContaining("epoch 1 was committed to it");
    }

    private Prepared work(long epoch, long previous) {
        var outbox = new OutboxEntry(new SegmentRef("outbox", 1, 1, 0), 0, previous, 0, 0);
        return new Prepared(part, epoch, List.of(outbox));
    }
}
