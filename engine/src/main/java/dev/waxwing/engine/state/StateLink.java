package dev.waxwing.engine.state;

import dev.waxwing.engine.link.Link;
import dev.waxwing.engine.link.Ports;
import dev.waxwing.engine.site.StageSite;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A stateful step: marks are its state's before they are passed on. */
public interface StateLink extends Link {

    StepState state();

    Ports ports();

    @Override
    default void push(@Nullable Object key, Object value) {
        emit(Objects.requireNonNull(key), value);
    }

    @Override
    default void flush() {
        state().endActivation();
        ports().flush();
    }

    @Override
    default void barrier(long epoch) {
        state().barrier(epoch);
        ports().barrier(epoch);
    }

    @Override
    default void watermark(long micros) {
        StepState state = state();
        if (state.advance(micros)) {
            state.site().stage().defer(new DueKeys(state, ports(), micros));
        } else {
            ports().watermark(micros);
        }
    }

    @Override
    default void end() {
        StageSite stage = state().site().stage();
        stage.defer(new EndOfInput(state().endOfInput(), ports(), stage));
    }
}
