package dev.waxwing.operators;

import dev.waxwing.join.JoinOptions;
import dev.waxwing.windowing.Clock;
import java.util.HashMap;
import java.util.Map;

/** What the meaning of the state of windows and joins depends on. */
final class StateSettings {

    private StateSettings() {}

    static Map<String, String> ofClock(Clock<?, ?> clock) {
        if (clock instanceof SidedClock<?> sided) {
            return ofClock(sided.clock());
        }
        Class<?> type = clock.getClass();
        return Map.of("clock", type.isHidden() ? "a lambda" : type.getName());
    }

    static Map<String, String> ofJoin(int sides, JoinOptions options) {
        return Map.of(
                "number of sides of the join",
                Integer.toString(sides),
                "insert mode of the join",
                options.insert().name(),
                "emit mode of the join",
                options.emit().name());
    }

    static Map<String, String> all(Map<String, String> some, Map<String, String> others) {
        Map<String, String> all = new HashMap<>(some);
        all.putAll(others);
        return all;
    }
}
