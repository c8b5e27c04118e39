package dev.waxwing.engine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EdgeTest {

    private static final int ITEMS = 20;
    private static final long FLIGHT_NANOS = 50_000_000;

    private int wokenReceiver;
    private int wokenSender;
    private final Sender sender = new Sender(2, 1, () -> wokenReceiver++, () -> wokenSender++);
    private final Receiver receiver = new Receiver(sender, FLIGHT_NANOS);

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
        receiver.poll(0);

        sender.add(null, ITEMS);

        assertThat(receiveAll()).isEqualTo(IntStream.rangeClosed(1, ITEMS).boxed().toList());
    }

    @Test
    void senderThatIsBlockedIsWokenWhenThereIsRoom() {
        fill();
        assertThat(sender.isBlocked()).isTrue();
        assertThat(wokenSender).isZero();

        receiver.poll(0);

        assertThat(wokenSender).isEqualTo(1);
    }

    @Test
    void senderThatIsNotBlockedIsLeftAlone() {
        sender.add(null, 0);

        assertThat(receiver.poll(0)).isInstanceOf(Batch.class);
        assertThat(wokenReceiver).isEqualTo(1);
        assertThat(wokenSender).isZero();
    }

    @Test
    void whatWaitedIsHandedOverWithASignal() {
        fill();
        sender.isBlocked();
        receiver.poll(0);
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
        large.pace(1, 1_000_000);
        large.add("k", 1);
        large.add("k", 2);
        large.mark(new Mark.Barrier(1));
        var end = new Receiver(large, FLIGHT_NANOS);

        assertThat(end.poll(0))
                .isInstanceOfSatisfying(
                        Batch.class,
                        batch -> {
                            assertThat(batch.size()).isEqualTo(2);
                            assertThat(batch.key(1)).isEqualTo("k");
                            assertThat(batch.value(1)).isEqualTo(2);
                        });
        assertThat(end.poll(0)).isEqualTo(new Mark.Barrier(1));
    }

    @Test
    void oneItemIsOnItsWayUntilTheReceiverHasBeenMeasured() {
        var edge = new Sender(16, 512, () -> {}, () -> {});

        edge.add(null, 1);

        assertThat(edge.isBlocked()).isTrue();
        assertThat(new Receiver(edge, FLIGHT_NANOS).poll(0)).isInstanceOf(Batch.class);
        assertThat(edge.isBlocked()).isFalse();
    }

    @Test
    void asManyItemsAreOnTheirWayAsTheReceiverWorksOffInItsTime() {
        var edge = new Sender(16, 512, () -> {}, () -> {});
        var end = new Receiver(edge, FLIGHT_NANOS);
        long nanos = 0;
        for (int i = 0; i < 1_000; i++) {
            sendAll(edge);
            if (end.poll(nanos) instanceof Batch batch) {
                nanos += batch.size() * FLIGHT_NANOS / 100;
            }
        }

        assertThat(sendAll(edge)).isLessThan(100);
        assertThat(inFlight(end, nanos)).isBetween(100, 125);
    }

    @Test
    void fastReceiverHasTheWholeRing() {
        var edge = new Sender(16, 512, () -> {}, () -> {});
        var end = new Receiver(edge, FLIGHT_NANOS);
        sendAll(edge);
        for (int i = 0; i < 100; i++) {
            end.poll(i);
            sendAll(edge);
        }

        assertThat(inFlight(end, 100)).isGreaterThan(15 * 512);
    }

    @Test
    void budgetIsUsedUpWhenThereIsNoRoom() {
        var edge = new Sender(16, 512, () -> {}, () -> {});
        var budget = new Budget(() -> 0, Pace.of(1_000));
        edge.limit(budget);
        budget.begin(0);

        edge.add(null, 1);

        assertThat(budget.isSpent()).isTrue();
    }

    @Test
    void batchHasItemsOfOneLane() {
        var edge = new Sender(16, 512, () -> {}, () -> {});
        edge.pace(1, 1_000_000);
        var end = new Receiver(edge, FLIGHT_NANOS);
        edge.lane(3);
        edge.add(null, "a");
        edge.lane(3);
        edge.add(null, "b");
        edge.lane(5);
        edge.add(null, "c");
        edge.handOver();

        assertThat(List.of(end.poll(0), end.poll(0)))
                .map(batch -> ((Batch) batch).lane() + ": " + ((Batch) batch).size())
                .containsExactly("3: 2", "5: 1");
    }

    @Test
    void edgeIsEmptyWhenNothingOfItIsLeftAnywhere() {
        var edge = new Sender(2, 512, () -> {}, () -> {});
        edge.pace(1, 1_000_000);
        var end = new Receiver(edge, FLIGHT_NANOS);
        assertThat(end.isEmpty()).isTrue();
        edge.add(null, "a");
        assertThat(end.isEmpty()).as("in the open batch").isFalse();
        edge.handOver();
        assertThat(end.isEmpty()).as("in the ring").isFalse();
        IntStream.range(0, ITEMS).forEach(epoch -> edge.mark(new Mark.Barrier(epoch)));
        while (end.poll(0) != null) {}
        assertThat(end.isEmpty()).as("beside the full ring").isFalse();

        while (edge.isBlocked()) {
            end.poll(0);
        }
        while (end.poll(0) != null) {}
        assertThat(end.isEmpty()).isTrue();
    }

    @Test
    void markThatTheRingDoesNotTakeBlocksTheSender() {
        sender.mark(new Mark.Barrier(0));
        assertThat(sender.isBlocked()).isFalse();

        IntStream.range(1, ITEMS).forEach(epoch -> sender.mark(new Mark.Barrier(epoch)));

        assertThat(sender.isBlocked()).isTrue();
    }

    @Test
    void wholeRingIsRoomForAnyNumberOfItems() {
        assertThat(sender.takes(2)).isFalse();

        sender.pace(1, 1_000_000);

        assertThat(sender.takes(Long.MAX_VALUE)).isTrue();
    }

    private static int sendAll(Sender edge) {
        int sent = 0;
        while (!edge.isBlocked()) {
            edge.add(null, sent++);
        }
        edge.handOver();
        return sent;
    }

    private static int inFlight(Receiver end, long nanos) {
        int items = 0;
        while (end.poll(nanos) instanceof Batch batch) {
            items += batch.size();
        }
        return items;
    }

    @Test
    void nothingComesFromBehindABarrierThatOthersStillOwe() {
        sender.mark(new Mark.Barrier(1));
        sender.add(null, 0);
        receiver.poll(0);
        receiver.hold();

        assertThat(receiver.isReady()).isFalse();
        assertThat(receiver.poll(0)).isNull();
        receiver.release();
        assertThat(receiver.isReady()).isTrue();
        assertThat(receiver.poll(0)).isInstanceOf(Batch.class);
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
        return receiver.poll(0);
    }
}
