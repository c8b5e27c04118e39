package dev.waxwing.internal;

import dev.waxwing.function.HoldsCode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Finds all code that an object holds, directly or through what it holds. */
public final class HeldCode {

    private final Set<Serializable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Serializable> found = new ArrayList<>();

    private HeldCode() {}

    /**
     * All that a holder names and that lambdas among it have captured, each object once, without
     * the holder itself: in the order in which it is named, each before what it holds.
     */
    public static List<Serializable> of(HoldsCode holder) {
        HeldCode held = new HeldCode();
        held.addHeldBy(holder);
        return held.found;
    }

    private void add(Serializable code) {
        if (!seen.add(code)) {
            return;
        }
        found.add(code);
        if (code instanceof HoldsCode holder) {
            addHeldBy(holder);
        } else {
            for (Object captured : FunctionTypes.captured(code)) {
                if (captured instanceof Serializable each) {
                    add(each);
                }
            }
        }
    }

    private void addHeldBy(HoldsCode holder) {
        for (Serializable each : holder.code()) {
            add(
                    Objects.requireNonNull(
                            each,
                            () ->
                                    "code() of "
                                            + holder.getClass().getName()
                                            + " must not contain null; leave out what is missing"));
        }
    }
}
