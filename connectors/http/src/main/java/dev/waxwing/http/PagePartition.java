package dev.waxwing.http;

import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The items of pages, a page at a time. */
final class PagePartition<T>
        implements StatefulSourcePartition<T, PollPosition>, BlockingPartition {

    private final StatefulSourcePartition<Page<T>, PollPosition> pages;
    private final boolean hadEnded;

    PagePartition(StatefulSourcePartition<Page<T>, PollPosition> pages, boolean hadEnded) {
        this.pages = pages;
        this.hadEnded = hadEnded;
    }

    @Override
    public SourceStatus nextBatch(SourceEmitter<? super T> out) throws Exception {
        return hadEnded ? SourceStatus.ENDED : pages.nextBatch(new Opened<>(out));
    }

    @Override
    public @Nullable Instant nextAwake() {
        return pages.nextAwake();
    }

    @Override
    public PollPosition snapshot() {
        return pages.snapshot();
    }

    @Override
    public void close() throws Exception {
        pages.close();
    }

    private record Opened<T>(SourceEmitter<? super T> items) implements SourceEmitter<Page<T>> {

        @Override
        public void emit(Page<T> page) {
            page.items().forEach(items::emit);
        }

        @Override
        public void reject(Object raw, Exception cause) {
            items.reject(raw, cause);
        }
    }
}
