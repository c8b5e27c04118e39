package dev.waxwing.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class BatchesTest {

    private static final int NOTHING_NOW = -1;

    @Test
    void iteratorIsCutIntoFullBatchesAndTheRest() throws Exception {
        Batches<Integer> batches = Batches.of(List.of(0, 1, 2, 3, 4).iterator(), 3);

        assertThat(batches.next()).containsExactly(0, 1, 2);
        assertThat(batches.next()).containsExactly(3, 4);
        assertThat(batches.next()).isNull();
        assertThat(batches.next()).isNull();
    }

    @Test
    void readyItemsMakeFullPartialAndEmptyBatches() throws Exception {
        Batches<Integer> batches = ready(0, 1, 2, NOTHING_NOW, NOTHING_NOW, 3);

        assertThat(batches.next()).containsExactly(0, 1);
        assertThat(batches.next()).containsExactly(2);
        assertThat(batches.next()).isEmpty();
        assertThat(batches.next()).containsExactly(3);
        assertThat(batches.next()).isNull();
        assertThat(batches.next()).isNull();
    }

    @Test
    void getterThatHasEndedMakesNoEmptyBatch() throws Exception {
        Batches<Integer> batches = ready(0, 1);

        assertThat(batches.next()).containsExactly(0, 1);
        assertThat(batches.next()).isNull();
    }

    @Test
    void fetchedItemsMakeFullBatchesAndTheRest() throws Exception {
        Iterator<Integer> numbers = List.of(0, 1, 2, 3, 4).iterator();
        Batches<Integer> batches =
                Batches.fetched(
                        () ->
                                CompletableFuture.completedFuture(
                                        numbers.hasNext() ? numbers.next() : null),
                        2,
                        Duration.ofMinutes(1));

        assertThat(batches.next()).containsExactly(0, 1);
        assertThat(batches.next()).containsExactly(2, 3);
        assertThat(batches.next()).containsExactly(4);
        assertThat(batches.next()).isNull();
    }

    @Test
    void fetchThatIsLateIsKeptForTheNextBatch() throws Exception {
        List<CompletableFuture<Integer>> fetches = new ArrayList<>();
        Batches<Integer> batches =
                Batches.fetched(
                        () -> {
                            fetches.add(new CompletableFuture<>());
                            return fetches.get(fetches.size() - 1);
                        },
                        2,
                        Duration.ZERO);

        assertThat(batches.next()).isEmpty();
        fetches.get(0).complete(7);
        assertThat(batches.next()).containsExactly(7);
        fetches.get(1).complete(8);
        assertThat(batches.next()).containsExactly(8);
        assertThat(fetches).hasSize(3);
    }

    @Test
    void failedFetchIsThrownAsItIs() {
        IOException cause = new IOException("unplugged");
        Batches<Integer> batches =
                Batches.fetched(() -> CompletableFuture.failedFuture(cause), 2, Duration.ZERO);

        assertThatThrownBy(batches::next).isSameAs(cause);
    }

    @Test
    void whatWasFetchedBeforeAFailureComesBeforeIt() throws Exception {
        Batches<Integer> batches = Batches.fetched(failingOnce(3)::fetch, 10, Duration.ZERO);

        assertThat(batches.next()).containsExactly(1, 2);
        assertThatThrownBy(batches::next).isInstanceOf(IOException.class);
        assertThat(batches.next()).containsExactly(4, 5);
        assertThat(batches.next()).isNull();
    }

    @Test
    void whatWasFetchedBeforeTheNextFetchCannotBeginComesBeforeTheFailure() throws Exception {
        Numbers numbers = failingOnce(3);
        Batches<Integer> batches =
                Batches.fetched(
                        () -> CompletableFuture.completedFuture(numbers.getOrNull()),
                        10,
                        Duration.ZERO);

        assertThat(batches.next()).containsExactly(1, 2);
        assertThatThrownBy(batches::next).isInstanceOf(IOException.class);
        assertThat(batches.next()).containsExactly(4, 5);
    }

    @Test
    void whatWasReadyBeforeAFailureComesBeforeIt() throws Exception {
        Batches<Integer> batches = Batches.ready(failingOnce(3)::get, 10);

        assertThat(batches.next()).containsExactly(1, 2);
        assertThatThrownBy(batches::next).isInstanceOf(IOException.class);
        assertThat(batches.next()).containsExactly(4, 5);
        assertThat(batches.next()).isNull();
    }

    @Test
    void whatAnIteratorGaveBeforeAFailureComesBeforeIt() throws Exception {
        var numbers = List.of(1, 2, 0, 4).iterator();
        Iterator<Integer> dividing =
                new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return numbers.hasNext();
                    }

                    @Override
                    public Integer next() {
                        return 8 / numbers.next();
                    }
                };
        Batches<Integer> batches = Batches.of(dividing, 10);

        assertThat(batches.next()).containsExactly(8, 4);
        assertThatThrownBy(batches::next).isInstanceOf(ArithmeticException.class);
        assertThat(batches.next()).containsExactly(2);
        assertThat(batches.next()).isNull();
    }

    @Test
    void fetchThatWasCancelledIsMadeAgain() throws Exception {
        var cancelled = new CompletableFuture<Integer>();
        cancelled.cancel(false);
        var fetches = new ArrayDeque<>(List.of(cancelled, CompletableFuture.completedFuture(2)));
        Batches<Integer> batches = Batches.fetched(fetches::remove, 1, Duration.ZERO);

        assertThatThrownBy(batches::next).isInstanceOf(CancellationException.class);
        assertThat(batches.next()).containsExactly(2);
    }

    @Test
    void closeCancelsTheFetchUnderWay() throws Exception {
        CompletableFuture<Integer> fetch = new CompletableFuture<>();
        Batches<Integer> batches = Batches.fetched(() -> fetch, 2, Duration.ZERO);
        batches.next();

        batches.close();

        assertThat(fetch).isCancelled();
    }

    @Test
    void waitForEverIsALongWait() throws Exception {
        Batches<Integer> batches =
                Batches.fetched(
                        () -> CompletableFuture.completedFuture(1),
                        1,
                        ChronoUnit.FOREVER.getDuration());

        assertThat(batches.next()).containsExactly(1);
    }

    @Test
    void emitsABatchAndTellsTheEnd() throws Exception {
        List<Integer> emitted = new ArrayList<>();
        Batches<Integer> batches = Batches.of(List.of(0, 1, 2).iterator(), 2);

        assertThat(batches.emitTo(emitted::add)).isEqualTo(SourceStatus.OPEN);
        assertThat(emitted).containsExactly(0, 1);
        assertThat(batches.emitTo(emitted::add)).isEqualTo(SourceStatus.OPEN);
        assertThat(batches.emitTo(emitted::add)).isEqualTo(SourceStatus.ENDED);
        assertThat(emitted).containsExactly(0, 1, 2);
    }

    @Test
    void batchesOfNothingAreRefused() {
        assertThatThrownBy(() -> Batches.of(List.of().iterator(), 0))
                .hasMessage("size must be 1 or more, but was 0");
        assertThatThrownBy(() -> Batches.ready(() -> null, -1))
                .hasMessage("size must be 1 or more, but was -1");
        assertThatThrownBy(
                        () ->
                                Batches.fetched(
                                        CompletableFuture<Integer>::new, 1, Duration.ofNanos(-1)))
                .hasMessage("timeout must be zero or longer, but was PT-0.000000001S");
    }

    private static Numbers failingOnce(int at) {
        return new Numbers(at);
    }

    /** Gives 1 to 5, but fails instead of one of them. */
    private static final class Numbers {

        private final int failing;
        private int last;

        Numbers(int failing) {
            this.failing = failing;
        }

        Integer get() throws IOException {
            if (++last == failing) {
                throw new IOException("once");
            }
            if (last > 5) {
                throw new NoSuchElementException();
            }
            return last;
        }

        @Nullable Integer getOrNull() throws IOException {
            return last == 5 ? null : get();
        }

        CompletableFuture<Integer> fetch() {
            try {
                return CompletableFuture.completedFuture(getOrNull());
            } catch (IOException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
    }

    /* Batches of two. */
    private static Batches<Integer> ready(Integer... items) {
        Deque<Integer> left = new ArrayDeque<>(Arrays.asList(items));
        return Batches.ready(
                () -> {
                    if (left.isEmpty()) {
                        throw new NoSuchElementException();
                    }
                    int item = left.remove();
                    return item == NOTHING_NOW ? null : item;
                },
                2);
    }
}
