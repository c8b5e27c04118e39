package dev.waxwing.engine.sink;

import dev.waxwing.engine.site.StepSite;
import dev.waxwing.run.check.StepChecks;
import dev.waxwing.sink.FencedException;

/** A position that an epoch has ended at: what is to be done for it off the worker. */
public final class Forced {

    private final StepSite site;
    private final String name;
    private final PositionPart part;
    private final Object position;

    Forced(StepSite site, String name, PositionPart part, Object position) {
        this.site = site;
        this.name = name;
        this.part = part;
        this.position = position;
    }

    /** Makes what was written durable, before the epoch is decided. */
    public void force() {
        run("force", part::force);
    }

    /** Tells that the epoch is decided. */
    public void decided() {
        run("onDecided", () -> part.onDecided(position));
    }

    private void run(String method, SinkCall.Action action) {
        site.worker().isForcing(site);
        try {
            action.run();
        } catch (FencedException fenced) {
            throw new StepChecks(site.step()).fenced(fenced);
        } catch (Throwable thrown) {
            throw new StepChecks(site.step())
                    .threw(method + " of partition '" + name + "'", thrown);
        } finally {
            site.worker().isForcing(null);
        }
    }
}
