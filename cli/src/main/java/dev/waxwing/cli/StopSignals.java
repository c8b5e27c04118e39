package dev.waxwing.cli;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jline.utils.Signals;

/** Takes the signals that would end the process, until closed. */
final class StopSignals implements AutoCloseable {

    private final Map<StopSignal, Object> replaced = new EnumMap<>(StopSignal.class);

    private StopSignals() {}

    /** {@code consumer} is called on threads of the JVM. */
    static StopSignals listen(Consumer<StopSignal> consumer) {
        StopSignals signals = new StopSignals();
        for (StopSignal signal : StopSignal.values()) {
            Object former = Signals.register(signal.name(), () -> consumer.accept(signal));
            if (former != null) {
                signals.replaced.put(signal, former);
            }
        }
        return signals;
    }

    @Override
    public void close() {
        replaced.forEach((signal, former) -> Signals.unregister(signal.name(), former));
    }
}
