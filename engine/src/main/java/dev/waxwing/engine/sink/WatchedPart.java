package dev.waxwing.engine.sink;

import dev.waxwing.engine.site.StepSite;
import dev.waxwing.engine.site.Watched;
import dev.waxwing.run.check.StepChecks;
import dev.waxwing.sink.FencedException;

/** An open sink partition of which it is looked, off the worker, whether what it wrote is there. */
final class WatchedPart implements Watched {

    private final StepSite site;
    private final String name;
    private final PositionPart part;

    WatchedPart(StepSite site, String name, PositionPart part) {
        this.site = site;
        this.name = name;
        this.part = part;
    }

    @Override
    public void check() {
        site.worker().isForcing(site);
        try {
            part.check();
        } catch (FencedException fenced) {
            throw new StepChecks(site.step()).fenced(fenced);
        } catch (Throwable thrown) {
            throw new StepChecks(site.step()).threw("check of partition '" + name + "'", thrown);
        } finally {
            site.worker().isForcing(null);
        }
    }
}
