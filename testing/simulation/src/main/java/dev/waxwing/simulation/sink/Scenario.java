package dev.waxwing.simulation.sink;

import java.util.ArrayList;
import java.util.List;

/**
 * One run of the kit: everything in it follows from this.
 *
 * @param seed of the input, the shape of executions and the schedule
 * @param cues in the order in which they are played
 */
record Scenario(long seed, List<Cue> cues) {

    Scenario {
        cues = List.copyOf(cues);
    }

    static Scenario undisturbed(long seed) {
        return new Scenario(seed, List.of());
    }

    Scenario then(Cue cue) {
        List<Cue> more = new ArrayList<>(cues);
        more.add(cue);
        return new Scenario(seed, more);
    }

    /** Reads what {@code toString} wrote. */
    static Scenario parse(String text) {
        List<Cue> cues = new ArrayList<>();
        String[] words = text.strip().split("\\s+", -1);
        for (int i = 1; i < words.length; i++) {
            cues.add(Cue.parse(words[i]));
        }
        if (!words[0].startsWith("seed=")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no scenario; expected such as seed=3 BEFORE_DECIDED#2");
        }
        return new Scenario(Long.parseLong(words[0].substring("seed=".length())), cues);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("seed=").append(seed);
        cues.forEach(cue -> text.append(' ').append(cue));
        return text.toString();
    }
}
