package dev.waxwing.engine.worker;

import dev.waxwing.engine.channel.Budget;
import dev.waxwing.engine.link.SourceLink;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.source.SourceEmitter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The head of a source's chain while items may take long: what is emitted when the activation has
 * no time left is kept. Confined to the worker.
 */
final class KeepingEmitter implements SourceEmitter<Object> {

    private final SourceLink head;
    private final StepSite site;
    private final Budget budget;
    private @Nullable Rest rest;

    KeepingEmitter(SourceLink head, StepSite site, Budget budget) {
        this.head = head;
        this.site = site;
        this.budget = budget;
    }

    /** The partition that is read next keeps what is left here. */
    void keepIn(Rest next) {
        rest = next;
    }

    @Override
    public void emit(Object item) {
        if (item == null || hasRoom()) {
            head.emit(item);
            return;
        }
        try {
            Objects.requireNonNull(rest).add(item);
        } catch (Throwable thrown) {
            throw site.notTaken(thrown);
        }
    }

    @Override
    public void reject(Object raw, Exception cause) {
        if (!site.step().hasDeadLetters() || hasRoom()) {
            head.reject(raw, cause);
            return;
        }
        try {
            Objects.requireNonNull(rest).reject(raw, cause);
        } catch (Throwable thrown) {
            throw site.notTaken(thrown);
        }
    }

    @Override
    public boolean hasRoom() {
        return budget.allows(site.counts().read());
    }
}
