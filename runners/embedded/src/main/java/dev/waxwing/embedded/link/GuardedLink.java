package dev.waxwing.embedded.link;

import dev.waxwing.DeadLetter;
import dev.waxwing.FailurePolicy;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A stateless step with a failure policy: what a call emits is held back until the call has
 * succeeded; an item that waits for its next attempt holds those behind it.
 */
public final class GuardedLink implements Link, Polled {

    private final Attempt attempt;
    private final FailurePolicy policy;
    private final Buffer buffer;
    private final @Nullable Link dead;
    private final StepSite site;
    private final StepCounts counts;
    private final StepSite feeder;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int attempts;
    private long retryMillis;

    /**
     * @param attempt does the work of one item into {@code buffer}
     * @param buffer passes on what it holds to the step's outputs
     */
    public GuardedLink(
            Attempt attempt,
            FailurePolicy policy,
            Buffer buffer,
            @Nullable Link dead,
            StepSite site,
            StepCounts counts,
            StepSite feeder) {
        this.attempt = attempt;
        this.policy = policy;
        this.buffer = buffer;
        this.dead = dead;
        this.site = site;
        this.counts = counts;
        this.feeder = feeder;
    }

    @Override
    public void push(@Nullable Object key, Object value) {
        if (!waiting.isEmpty() || !tried(key, value)) {
            waiting.add(new Waiting(key, value));
        }
    }

    @Override
    public StepSite feeder() {
        return feeder;
    }

    @Override
    public void flush() {
        try {
            attempt.onActivationEnd();
        } catch (Throwable thrown) {
            throw site.failed("the function", null, thrown);
        }
        buffer.passOn();
        buffer.flush();
        if (dead != null) {
            dead.flush();
        }
    }

    @Override
    public void barrier(long epoch) {
        buffer.barrier(epoch);
        if (dead != null) {
            dead.barrier(epoch);
        }
    }

    @Override
    public void watermark(long micros) {
        buffer.watermark(micros);
        if (dead != null) {
            dead.watermark(micros);
        }
    }

    @Override
    public void end() {
        buffer.end();
        if (dead != null) {
            dead.end();
        }
    }

    @Override
    public boolean poll() {
        if (waiting.isEmpty() || retryMillis > site.nowMillis()) {
            return false;
        }
        while (!waiting.isEmpty()) {
            Waiting first = waiting.peek();
            if (!tried(first.key, first.value)) {
                break;
            }
            waiting.remove();
        }
        return true;
    }

    @Override
    public long dueMillis() {
        return waiting.isEmpty() ? Long.MAX_VALUE : retryMillis;
    }

    @Override
    public boolean takesInput() {
        return waiting.isEmpty();
    }

    @Override
    public boolean takesMarks() {
        return waiting.isEmpty();
    }

    /** Returns whether the item has been dealt with; if not it is to be tried again. */
    private boolean tried(@Nullable Object key, Object value) {
        try {
            attempt.onItem(key, value);
        } catch (Throwable thrown) {
            buffer.clear();
            return failed(key, value, thrown);
        }
        attempts = 0;
        buffer.passOn();
        return true;
    }

    private boolean failed(@Nullable Object key, Object value, Throwable thrown) {
        attempts++;
        if (thrown instanceof Exception && attempts < policy.attemptsMax()) {
            retryMillis = site.nowMillis() + policy.waitAfter(attempts).toMillis();
            return false;
        }
        attempts = 0;
        if (!(thrown instanceof Exception) || dead == null) {
            throw site.failed("the function", key, thrown);
        }
        counts.dead++;
        dead.push(null, new DeadLetter(site.stepId(), key, value, site.epoch(), thrown));
        return true;
    }

    private record Waiting(@Nullable Object key, Object value) {}

    /** The step's own work. */
    public interface Attempt {

        void onItem(@Nullable Object key, Object value) throws Exception;

        void onActivationEnd() throws Exception;
    }
}
