package dev.waxwing.engine.sink;

import dev.waxwing.engine.site.ChangeLog;
import java.util.function.Consumer;

/**
 * What an epoch takes of a sink whose partitions have positions.
 *
 * @param positions takes a partition's position, by its name
 * @param forces takes what must be forced before the epoch is decided
 */
public record PositionLog(ChangeLog positions, Consumer<Forced> forces) {}
