package dev.waxwing.run.check;

import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.sink.FencedException;
import dev.waxwing.state.Retain;
import dev.waxwing.step.DeliveryException;
import dev.waxwing.step.StepFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a runner refuses at run time and how it reports failures of one step: the same words on
 * every runner.
 *
 * <p>A step's checks belong to one worker; confined to its thread.
 */
public final class StepChecks {

    private static final int SHOWN_CHARACTERS_MAX = 200;
    private static final int TOLD_CHARACTERS_MAX = 2_000;

    /**
     * The name of the setting that says in which order the streams of a step come that it tells
     * apart, such as those of a join: their steps, by commas.
     */
    public static final String SIDES = "order of the sides";

    private static final String MORE = "...";

    private final CoreStep step;
    private final KeyChecks keys;

    public StepChecks(CoreStep step) {
        this.step = step;
        this.keys = new KeyChecks(step.userStep());
    }

    /**
     * What has changed of the settings that stored state depends on: a clause for each, such as
     * {@code the length of windows was PT1M and is now PT5M}.
     *
     * @param stored with the state
     * @param now of the step
     */
    public static List<String> changedSettings(
            Map<String, String> stored, Map<String, String> now) {
        List<String> changes = new ArrayList<>();
        new TreeMap<>(stored)
                .forEach(
                        (name, before) -> {
                            String after = now.getOrDefault(name, "not set");
                            boolean isOther =
                                    name.equals(SIDES)
                                            ? isInOtherOrder(before, after)
                                            : !before.equals(after);
                            if (isOther) {
                                changes.add(
                                        "the " + name + " was " + before + " and is now " + after);
                            }
                        });
        return changes;
    }

    /* Steps that are called otherwise may be the same; the same ones in another order are not. */
    private static boolean isInOtherOrder(String before, String after) {
        List<String> stored = List.of(before.split(", "));
        List<String> now = List.of(after.split(", "));
        return !stored.equals(now)
                && stored.stream().sorted().toList().equals(now.stream().sorted().toList());
    }

    /**
     * Code of the step threw.
     *
     * @param what what was called: {@code the function}, {@code onNotify}, {@code nextBatch of
     *     partition '0'}
     */
    public StepFailedException threw(String what, Throwable cause) {
        return failed(what + " threw " + told(cause), cause);
    }

    /** Code of the step threw when it was called for a key. */
    public StepFailedException threw(String what, Object key, Throwable cause) {
        return failed(what + " threw " + told(cause) + " for key '" + shown(key) + "'", cause);
    }

    /**
     * Code of the step threw when it was called for an item.
     *
     * @param key of the item in a keyed stream, else null
     */
    public StepFailedException threwFor(
            String what, @Nullable Object key, Object item, Throwable cause) {
        String of = key == null ? "" : "key '" + shown(key) + "', ";
        return failed(what + " threw " + told(cause) + " for " + of + "item " + shown(item), cause);
    }

    /** The execution must not write to a target of the step; a person has to choose. */
    public DeliveryException fenced(FencedException fenced) {
        return new DeliveryException(
                step.userStep(), "step '" + step.userStep() + "': " + fenced.getMessage(), fenced);
    }

    /** Something else that stops the execution; the message tells what was found and what to do. */
    public StepFailedException failed(String message, @Nullable Throwable cause) {
        return new StepFailedException(
                step.userStep(), "step '" + step.userStep() + "': " + message, cause);
    }

    /** The step's code used an emitter where it may not. */
    public StepFailedException emittedOutOfTurn(Thread thread) {
        return failed(
                "emitted on thread '"
                        + thread.getName()
                        + "' outside of the call that the emitter was given to; an emitter is valid"
                        + " during that call and on its thread only: emit before the call returns,"
                        + " and use mapAsync or a source of its own for what comes from elsewhere",
                null);
    }

    /** The step's code used its context on a thread that is not the worker's. */
    public StepFailedException contextElsewhere(Thread thread) {
        return failed(
                "its context was used on thread '"
                        + thread.getName()
                        + "'; a context is valid on the thread that it was given on only: ask it"
                        + " there, and hand over what it says",
                null);
    }

    /** A step emitted null; for runners that compare inline. */
    public StepFailedException nullItem() {
        return failed("emitted a null item; items must not be null, drop or replace it", null);
    }

    /** An item that a step emits, which must not be null. */
    public <T> T item(@Nullable T item) {
        if (item == null) {
            throw nullItem();
        }
        return item;
    }

    /** A key that a step made for an item; see {@link KeyChecks#key}. */
    public <K> K key(@Nullable K key, Object item) {
        return keys.key(key, item);
    }

    /** A step gave an item no key; for runners that compare inline. */
    public StepFailedException nullKey(Object item) {
        return keys.nullKey(item);
    }

    /** A source rejected what it read, and the step has no dead letters. */
    public StepFailedException rejected(Object raw, Throwable cause) {
        return failed(
                "read something that is no item, "
                        + shown(raw)
                        + ": "
                        + told(cause)
                        + "; to go on without it, give the step a policy with dead letters",
                cause);
    }

    /** The step's source has no partitions and does not say that this may be. */
    public StepFailedException nothingListed() {
        return failed(
                "the source lists no partitions, so nothing would be read; make it list what there"
                        + " is, or say by mayListNothing that there may be nothing",
                null);
    }

    /** The step's sink cannot keep its promise without a recovery store. */
    public StepFailedException needsRecovery() {
        return failed(
                "its sink commits what an epoch wrote when the epoch is decided, which needs a"
                        + " recovery store; give the runner one, or use a sink that writes at least"
                        + " once",
                null);
    }

    /** A call of an async step took too long. */
    public StepFailedException timedOut(Duration timeout, Object item) {
        return failed(
                "the call for item "
                        + shown(item)
                        + " has not completed within "
                        + timeout
                        + "; allow more time, or make the call fail sooner",
                null);
    }

    /** The answer of a logic, which must not be null. */
    public Retain retain(@Nullable Retain answer, String what, Object key) {
        if (answer == null) {
            throw failed(
                    what
                            + " returned null for key '"
                            + shown(key)
                            + "'; return Retain.KEEP or Retain.DISCARD",
                    null);
        }
        return answer;
    }

    /** What a logic returned where null has no meaning. */
    public <R> R result(@Nullable R result, String what, Object key) {
        if (result == null) {
            throw failed(
                    what
                            + " returned null for key '"
                            + shown(key)
                            + "'; make it return something for every key",
                    null);
        }
        return result;
    }

    /** What a function returned for an item where null has no meaning. */
    public <R> R resultFor(Object item, @Nullable R result, String what) {
        if (result == null) {
            throw nullFor(item, what);
        }
        return result;
    }

    /** A function returned null for an item; for runners that compare inline. */
    public StepFailedException nullFor(Object item, String what) {
        return failed(
                what
                        + " returned null for item "
                        + shown(item)
                        + "; make it return something, or drop such items in a step before",
                null);
    }

    /**
     * Tells in the log of a late value that nobody takes; runners do it for the first of a step.
     */
    public void warnOfLate(Object value) {
        System.getLogger(StepChecks.class.getName())
                .log(
                        System.Logger.Level.WARNING,
                        "step '"
                                + step.userStep()
                                + "': "
                                + shown(value)
                                + " came when the watermark had passed it, and nobody takes"
                                + " late values, so it is dropped; take the step's late() to see"
                                + " them, or give its clock or watermark a longer wait. Later ones"
                                + " are dropped in silence, counted as 'late' of the step");
    }

    /** Whether these are checks of the same step. */
    boolean isOf(StepChecks other) {
        return step.userStep().equals(other.step.userStep());
    }

    /** The step has changed an item that it had emitted, or somebody has. */
    StepFailedException changedItem(Object item) {
        return failed("emitted an item that has changed since, and is now " + toldOf(item), null);
    }

    /** The step has changed an item that another had emitted. */
    StepFailedException changedItemOf(StepChecks emitter, Object item) {
        return failed(
                "changed an item that step '"
                        + emitter.step.userStep()
                        + "' had emitted, and that is now "
                        + toldOf(item),
                null);
    }

    private static String toldOf(Object item) {
        return shown(item)
                + "; other steps, workers and sinks may see it as it was or as it is; emit an"
                + " immutable item or a copy, such as List.copyOf(...), and change nothing but"
                + " copies";
    }

    /**
     * A key or item as messages show it: cut if it is long, and whatever its {@code toString} does,
     * for that must not take the place of what is to be told.
     */
    public static String shown(Object value) {
        String text;
        try {
            text = String.valueOf(value);
        } catch (Throwable e) {
            text = "a " + typeOf(value);
        }
        return cut(text, SHOWN_CHARACTERS_MAX);
    }

    /**
     * What was thrown as messages tell it: cut if it is very long, and whatever its {@code
     * toString} does.
     */
    public static String told(Throwable thrown) {
        String text;
        try {
            text = thrown.toString();
        } catch (Throwable notTold) {
            return typeOf(thrown) + " (whose toString threw " + typeOf(notTold) + ")";
        }
        return text == null
                ? typeOf(thrown) + " (whose toString returned null)"
                : cut(text, TOLD_CHARACTERS_MAX);
    }

    private static String typeOf(Object value) {
        return value.getClass().getName();
    }

    private static String cut(String text, int charactersMax) {
        return text.length() <= charactersMax
                ? text
                : text.substring(0, charactersMax - MORE.length()) + MORE;
    }
}
