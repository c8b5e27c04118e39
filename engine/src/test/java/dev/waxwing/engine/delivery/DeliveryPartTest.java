package dev.waxwing.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Outcome;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a partition remembers of epochs, and what of it becomes dead letters. */
final class DeliveryPartTest {

    private final DeliveryPart plain = HandParts.of("flow.out", staged -> Outcome.committed());
    private final DeliveryPart part = HandParts.withOutbox("flow.out", plain.partition());

    @Test
    void lastEpochIsTheOneThatIsRestoredUntilAnotherHasSomething() {
        part.resume(new Marker(2, 1, new UUID(0, 1), new UUID(0, 2)), 3, List.of());
        assertThat(part.last()).isEqualTo(3);

        part.wrote(5);

        assertThat(part.last()).isEqualTo(5);
    }

    @Test
    void onlyWorkOfWhichSomethingWasRejectedBecomesDeadLetters() {
        Prepared all = HandParts.outbox(part, 1, "a");
        Prepared some = HandParts.outbox(part, 2, "b");
        HandParts.rejectFirst(some, "too long");
        KeptWorks kept = part.kept();

        HandParts.commit(all);
        HandParts.commit(some);

        assertThat(kept.takeRejected(2)).matches(each -> each.isOf(some));
        assertThat(kept.takeRejected(2)).isNull();
    }
}
