package dev.waxwing.testing;

import dev.waxwing.sink.PartialWriteException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers the items for a partition during an activation and writes them by the step's policy. */
final class SinkBatch {

    private final ReferenceStep step;
    private final Attempts attempts;
    private final Writer writer;
    private List<Entry> entries = new ArrayList<>();

    SinkBatch(ReferenceStep step, String what, Writer writer) {
        this.step = step;
        this.attempts = new Attempts(step, what);
        this.writer = writer;
    }

    interface Writer {
        void write(List<Object> items) throws Exception;
    }

    void add(@Nullable Object key, Object item) {
        entries.add(new Entry(key, item));
    }

    /** Writes what has come, if anything. */
    boolean write() {
        if (entries.isEmpty()) {
            return false;
        }
        List<Entry> left = entries;
        entries = new ArrayList<>();
        Throwable failure = null;
        for (int attempt = 1; attempt <= attempts.attemptsMax() && !left.isEmpty(); attempt++) {
            try {
                writer.write(Collections.unmodifiableList(items(left)));
                return true;
            } catch (PartialWriteException e) {
                failure = e.getCause() == null ? e : e.getCause();
                left = failed(left, e);
            } catch (Exception e) {
                failure = e;
            } catch (Throwable e) {
                throw attempts.failed(null, e);
            }
            if (failure instanceof CrashException crash) {
                throw crash;
            }
            if (attempts.attemptsMax() > 1 && failure != null && !attempts.applies(failure)) {
                break;
            }
        }
        giveUp(left, failure == null ? new AssertionError("no attempt was made") : failure);
        return true;
    }

    private void giveUp(List<Entry> left, Throwable failure) {
        if (!step.step.hasDeadLetters() || !attempts.applies(failure)) {
            throw attempts.failed(null, failure);
        }
        for (Entry entry : left) {
            step.send(
                    step.step.deadLetterPort(),
                    null,
                    Attempts.deadLetter(step, entry.key, entry.item, failure));
        }
    }

    private static List<Entry> failed(List<Entry> entries, PartialWriteException partial) {
        List<Entry> failed = new ArrayList<>();
        for (int index : partial.failed()) {
            failed.add(entries.get(index));
        }
        return failed;
    }

    private static List<Object> items(List<Entry> entries) {
        List<Object> items = new ArrayList<>();
        entries.forEach(entry -> items.add(entry.item));
        return items;
    }

    private record Entry(@Nullable Object key, Object item) {}
}
