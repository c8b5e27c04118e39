package dev.waxwing.engine.worker;

import dev.waxwing.recovery.page.StatePage;
import java.util.List;

/** Changes of one state that are yet to be encoded. May be encoded on any thread, once. */
@FunctionalInterface
public interface PendingPages {

    List<StatePage> encode();
}
