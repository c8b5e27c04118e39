package dev.waxwing.engine.link;

import dev.waxwing.engine.site.LateWarnings;
import dev.waxwing.engine.site.StepSite;
import org.jspecify.annotations.Nullable;

/** Counts a step's late values on their way to whoever takes them. */
public final class LateLink implements PassingLink {

    private final Link next;
    private final StepSite site;
    private final LateWarnings warnings;

    public LateLink(Link next, StepSite site, LateWarnings warnings) {
        this.next = next;
        this.site = site;
        this.warnings = warnings;
    }

    @Override
    public void push(@Nullable Object key, Object value) {
        site.counts().late++;
        if (next instanceof DropLink) {
            warnings.tell(site, value);
        }
        next.push(key, value);
    }

    @Override
    public Link next() {
        return next;
    }

    @Override
    public StepSite feeder() {
        return site;
    }
}
