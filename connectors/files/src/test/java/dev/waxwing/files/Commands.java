package dev.waxwing.files;

import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.StatelessSinkPartition;
import java.util.concurrent.LinkedBlockingQueue;

/** A sink whose items are waited for. */
final class Commands implements DynamicSink<String> {

    private static final long serialVersionUID = 1L;

    private final transient LinkedBlockingQueue<String> items = new LinkedBlockingQueue<>();

    String next() throws InterruptedException {
        return items.take();
    }

    @Override
    public StatelessSinkPartition<String> build(String stepId, int workerIndex, int workerCount) {
        return items::addAll;
    }
}
