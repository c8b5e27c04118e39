package dev.waxwing.engine.state;

import dev.waxwing.engine.link.Ports;
import dev.waxwing.engine.site.Slice;
import dev.waxwing.engine.site.StageSite;

/** Calls the keys of a stateful step at the end of its input, then passes the end on. */
record EndOfInput(Slice keys, Ports ports, StageSite stage) implements Slice {

    @Override
    public boolean run() {
        if (!keys.run()) {
            return false;
        }
        stage.passEnd(
                () -> {
                    ports.flush();
                    ports.end();
                });
        return true;
    }
}
