package dev.waxwing.simulation.windows;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Finds a small case that fails, from a large one. */
final class Shrinker {

    private Shrinker() {}

    /**
     * A case of which nothing that is smaller fails.
     *
     * @param smaller what is smaller than a case by a step, the smallest first; not without end
     */
    static <C> C least(C failing, Function<C, List<C>> smaller, Predicate<C> fails) {
        C least = failing;
        List<C> next = smaller.apply(least);
        for (int i = 0; i < next.size(); ) {
            if (fails.test(next.get(i))) {
                least = next.get(i);
                next = smaller.apply(least);
                i = 0;
            } else {
                i++;
            }
        }
        return least;
    }
}
