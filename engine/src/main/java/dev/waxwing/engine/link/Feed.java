package dev.waxwing.engine.link;

import dev.waxwing.engine.site.StepCounts;
import dev.waxwing.engine.site.StepSite;

/**
 * What comes in to a link that counts it.
 *
 * @param feeder the step that hands it over
 * @param counts where it is counted
 */
public record Feed(StepSite feeder, StepCounts counts) {}
