package dev.waxwing.engine.link;

import dev.waxwing.engine.site.Polled;
import dev.waxwing.engine.site.StageSite;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.step.DeadLetter;
import dev.waxwing.step.FailurePolicy;
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
    private final KernelCalls calls;
    private final @Nullable Link dead;
    private final StepSite site;
    private final StepSite feeder;
    private final StageSite stage;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int attempts;
    private long retryMillis;

    /**
     * @param attempt does the work of one item
     * @param buffer holds what that emits, and passes it on to the step's outputs
     */
    public GuardedLink(
            Attempt attempt,
            FailurePolicy policy,
            Buffer buffer,
            @Nullable Link dead,
            StepSite site,
            StepSite feeder) {
        this.attempt = attempt;
        this.policy = policy;
        this.buffer = buffer;
        this.calls = new ConfinedCall(new ConfinedCall.Parts(buffer, site));
        this.dead = dead;
        this.site = site;
        this.stage = site.stage();
        this.feeder = feeder;
    }

    @Override
    public void push(@Nullable Object key, Object value) {
        site.counts().received++;
        Waiting item = Waiting.item(key, value, stage.lane());
        if (!waiting.isEmpty() || !tried(item)) {
            holdBack(item);
            stage.budget().exhaust();
        }
    }

    private void holdBack(Waiting call) {
        stage.hold(call.lane);
        waiting.add(call);
    }

    @Override
    public StepSite feeder() {
        return feeder;
    }

    @Override
    public void flush() {
        Waiting end = Waiting.activationEnd(stage.lane());
        if (waiting.isEmpty() ? !tried(end) : !waiting.getLast().isActivationEnd()) {
            holdBack(end);
        }
        flushOutputs();
    }

    private void flushOutputs() {
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
        if (waiting.isEmpty()) {
            passWatermark(micros);
        } else {
            holdBack(Waiting.watermark(micros, stage.lane()));
        }
    }

    private void passWatermark(long micros) {
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
        if (waiting.isEmpty() || retryMillis > site.steadyMillis()) {
            return false;
        }
        while (!waiting.isEmpty()) {
            Waiting call = waiting.element();
            stage.lane(call.lane);
            if (!tried(call)) {
                break;
            }
            waiting.remove();
            stage.release(call.lane);
            if (!stage.budget().goesOn()) {
                break;
            }
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

    /** Returns whether the call has been dealt with; if not it is to be made again. */
    private boolean tried(Waiting call) {
        if (call.isWatermark) {
            flushOutputs();
            passWatermark(call.micros);
            return true;
        }
        StepSite before = site.worker().calls(site);
        AllOutputs made = calls.begin();
        try {
            if (call.value == null) {
                attempt.onActivationEnd(made);
            } else {
                attempt.onItem(call.key, call.value, made);
            }
            calls.end(made);
        } catch (Throwable thrown) {
            calls.end(made);
            site.worker().calls(before);
            buffer.clear();
            return failed(call, thrown);
        }
        site.worker().calls(before);
        attempts = 0;
        buffer.passOn();
        return true;
    }

    private boolean failed(Waiting call, Throwable thrown) {
        attempts++;
        if (policy.appliesTo(thrown) && attempts < policy.attemptsMax()) {
            retryMillis = policy.backOff().endMillis(attempts, site.steadyMillis());
            return false;
        }
        attempts = 0;
        Object item = call.value;
        if (item == null) {
            throw site.failed("the function", null, thrown);
        }
        if (!policy.appliesTo(thrown) || dead == null) {
            throw site.failedFor("the function", call.key, item, thrown);
        }
        site.counts().dead++;
        dead.push(null, new DeadLetter(site.stepId(), call.key, item, site.epoch(), thrown));
        return true;
    }

    /**
     * A call to make: for an item, or for the end of an activation, which has none. Or a watermark
     * that must not overtake the items before it. Each as of the lane that it came in.
     */
    private record Waiting(
            @Nullable Object key,
            @Nullable Object value,
            int lane,
            boolean isWatermark,
            long micros) {

        static Waiting activationEnd(int lane) {
            return new Waiting(null, null, lane, false, 0);
        }

        static Waiting item(@Nullable Object key, Object value, int lane) {
            return new Waiting(key, value, lane, false, 0);
        }

        static Waiting watermark(long micros, int lane) {
            return new Waiting(null, null, lane, true, micros);
        }

        boolean isActivationEnd() {
            return value == null && !isWatermark;
        }
    }

    /** The step's own work. */
    public interface Attempt {

        void onItem(@Nullable Object key, Object value, AllOutputs out) throws Exception;

        void onActivationEnd(AllOutputs out) throws Exception;
    }
}
