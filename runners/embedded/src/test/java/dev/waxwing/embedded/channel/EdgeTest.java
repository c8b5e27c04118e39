package dev.waxwing.embedded.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EdgeTest {

    private static final int ITEMS = 20;

    private int wokenReceiver;
    private int wokenSender;
    private final Sender sender = new Sender(2, 1, () -> wokenReceiver++, () -> wokenSender++);
    private final Receiver receiver = new Receiver(sender);

    @Test
    void whatTheRingDoesNotTakeWaitsAndKeepsItsOrder() {
        fill();

        assertThat(sender.isBlocked()).isTrue();
        assertThat(receiveAll()).isEqualTo(IntStream.range(0, ITEMS).boxed().toList());
        assertThat(sender.isBlocked()).isFalse();
    }

    @Test
    void whatComesWhenThereIsRoomAgainDoesNotOvertakeWhatWaits() {
        fill();
        receiver.poll();

        sender.add(null, ITEMS);

        assertThat(receiveAll()).isEqualTo(IntStream.rangeClosed(1, ITEMS).boxed().toList());
    }

    @Test
    void senderThatIsBlockedIsWokenWhenThereIsRoom() {
        fill();
        assertThat(sender.isBlocked()).isTrue();
        assertThat(wokenSender).isZero();

        receiver.poll();

        assertThat(wokenSender).isEqualTo(1);
    }

    @Test
    void senderThatIsNotBlockedIsLeftAlone() {
        sender.add(null, 0);

        assertThat(receiver.poll()).isInstanceOf(Batch.class);
        assertThat(wokenReceiver).isEqualTo(1);
        assertThat(wokenSender).isZero();
    }

    @Test
    void whatWaitedIsHandedOverWithASignal() {
        fill();
        sender.isBlocked();
        receiver.poll();
        wokenReceiver = 0;

        sender.isBlocked();

        assertThat(wokenReceiver).isPositive();
    }

    @Test
    void marksAreTakenThoughTheRingIsFullAndOvertakeNothing() {
        fill();
        sender.mark(new Mark.Barrier(1));
        sender.mark(new Mark.End());
        List<Object> found = new ArrayList<>(receiveAll());

        assertThat(found.subList(ITEMS, found.size()))
                .containsExactly(new Mark.Barrier(1), new Mark.End());
    }

    @Test
    void openBatchGoesBeforeTheMark() {
        var large = new Sender(2, 512, () -> {}, () -> {});
        large.add("k", 1);
        large.add("k", 2);
        large.mark(new Mark.Barrier(1));
        var end = new Receiver(large);

        assertThat(end.poll())
                .isInstanceOfSatisfying(
                        Batch.class,
                        batch -> {
                            assertThat(batch.size()).isEqualTo(2);
                            assertThat(batch.key(1)).isEqualTo("k");
                            assertThat(batch.value(1)).isEqualTo(2);
                        });
        assertThat(end.poll()).isEqualTo(new Mark.Barrier(1));
    }

    @Test
    void nothingComesFromBehindABarrierThatOthersStillOwe() {
        sender.mark(new Mark.Barrier(1));
        sender.add(null, 0);
        receiver.poll();
        receiver.hold();

        assertThat(receiver.isReady()).isFalse();
        assertThat(receiver.poll()).isNull();
        receiver.release();
        assertThat(receiver.isReady()).isTrue();
        assertThat(receiver.poll()).isInstanceOf(Batch.class);
    }

    @Test
    void bothEndsCountWhatCameBeforeTheBarrier() {
        fill();
        sender.mark(new Mark.Barrier(1));
        sender.add(null, ITEMS);
        while (!(next() instanceof Mark)) {}
        receiver.hold();

        assertThat(sender.sentAtBarrier()).isEqualTo(ITEMS);
        assertThat(receiver.receivedAtBarrier()).isEqualTo(ITEMS);
    }

    private void fill() {
        IntStream.range(0, ITEMS).forEach(i -> sender.add(null, i));
    }

    private List<Object> receiveAll() {
        List<Object> found = new ArrayList<>();
        Object next;
        while ((next = next()) != null) {
            found.add(next instanceof Batch batch ? batch.value(0) : next);
        }
        return found;
    }

    /* The sender's worker comes by before each. */
    private Object next() {
        sender.isBlocked();
        return receiver.poll();
    }
}
