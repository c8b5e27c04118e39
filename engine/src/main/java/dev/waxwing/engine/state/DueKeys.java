package dev.waxwing.engine.state;

import dev.waxwing.engine.link.Ports;
import dev.waxwing.engine.site.Slice;

/** Calls the keys that wait for a watermark, then passes it on: results go before it. */
record DueKeys(StepState state, Ports ports, long micros) implements Slice {

    @Override
    public boolean run() {
        if (!state.fireDue()) {
            return false;
        }
        state.endActivation();
        ports.flush();
        state.watermarkPassed();
        ports.watermark(micros);
        return true;
    }
}
