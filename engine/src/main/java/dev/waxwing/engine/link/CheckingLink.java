package dev.waxwing.engine.link;

import dev.waxwing.engine.site.StepSite;
import dev.waxwing.run.check.ItemChecks;
import dev.waxwing.step.StepFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Between two steps where items are checked: looks again at what was emitted, before an item is
 * passed on and after the step behind has taken it.
 */
public final class CheckingLink implements PassingLink {

    private final Link next;
    private final StepSite from;
    private final StepSite to;
    private final ItemChecks items;

    public CheckingLink(Link next, StepSite from, StepSite to, ItemChecks items) {
        this.next = next;
        this.from = from;
        this.to = to;
        this.items = items;
    }

    @Override
    public void push(@Nullable Object key, Object value) {
        check(from);
        items.emitted(from.checks(), value);
        next.push(key, value);
        check(to);
    }

    /* What has run meanwhile may be a timer of any step. */
    @Override
    public void flush() {
        next.flush();
        check(null);
    }

    @Override
    public Link next() {
        return next;
    }

    @Override
    public StepSite feeder() {
        return from;
    }

    private void check(@Nullable StepSite running) {
        StepFailedException found = items.found(running == null ? null : running.checks());
        if (found != null) {
            throw to.record(found);
        }
    }
}
