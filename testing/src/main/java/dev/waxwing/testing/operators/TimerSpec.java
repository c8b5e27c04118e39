package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.endOfInput;
import static dev.waxwing.testing.TestItems.keyed;
import static dev.waxwing.testing.TestItems.pause;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When {@code onNotify} is called on any runner. Times are short where time is real. */
public abstract class TimerSpec extends OperatorSpec {

    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration LATER = Duration.ofMillis(250);

    private static final LifeLogic.Plan NOTIFY_SOON =
            LifeLogic.Plan.discardOn(LifeLogic.Event.END).withNotifyAfter(SOON);

    @Test
    void notificationComesWithoutFurtherInput() {
        givenKeyed(keyed("a", 1), pause(LATER), keyed("b", 2))
                .through(pairs -> StatefulLogicSpec.life(pairs, NOTIFY_SOON))
                .inRealTime()
                .expect(
                        keyed("a", "NEW ITEM"),
                        keyed("a", "ITEM NOTIFY"),
                        keyed("a", "NOTIFY END"),
                        keyed("b", "NEW ITEM"),
                        keyed("b", "ITEM END"));
    }

    @Test
    void pastTimeFiresAtOnce() {
        givenKeyed(keyed("a", 1), pause(LATER), keyed("a", 2), pause(LATER))
                .through(
                        pairs ->
                                StatefulLogicSpec.life(
                                        pairs, NOTIFY_SOON.withNotifyAfter(Duration.ofHours(-1))))
                .inRealTime()
                .expect(
                        keyed("a", "NEW ITEM"),
                        keyed("a", "ITEM NOTIFY"),
                        keyed("a", "NOTIFY ITEM"),
                        keyed("a", "ITEM NOTIFY"),
                        keyed("a", "NOTIFY END"));
    }

    @Test
    void discardOnNotificationDropsTheState() {
        givenKeyed(keyed("a", 1), pause(LATER), keyed("a", 2), pause(LATER))
                .through(
                        pairs ->
                                StatefulLogicSpec.life(
                                        pairs,
                                        LifeLogic.Plan.discardOn(LifeLogic.Event.NOTIFY)
                                                .withNotifyAfter(SOON)))
                .inRealTime()
                .expect(
                        keyed("a", "NEW ITEM"),
                        keyed("a", "ITEM NOTIFY"),
                        keyed("a", "NEW ITEM"),
                        keyed("a", "ITEM NOTIFY"));
    }

    @Test
    void notificationComesOnce() {
        givenKeyed(keyed("a", 1), pause(LATER), pause(LATER))
                .through(pairs -> StatefulLogicSpec.life(pairs, NOTIFY_SOON))
                .inRealTime()
                .expect(
                        keyed("a", "NEW ITEM"),
                        keyed("a", "ITEM NOTIFY"),
                        keyed("a", "NOTIFY END"));
    }

    @Test
    void nullCancels() {
        givenKeyed(keyed("a", 1), keyed("a", -1), pause(LATER))
                .through(
                        pairs ->
                                StatefulLogicSpec.life(
                                        pairs, NOTIFY_SOON.withNotifyAfter(LATER.dividedBy(2))))
                .inRealTime()
                .expect(keyed("a", "NEW ITEM"), keyed("a", "ITEM ITEM"), keyed("a", "ITEM END"));
    }

    @Test
    void timeOfADiscardedLogicDoesNotFire() {
        givenKeyed(keyed("a", 1), pause(LATER))
                .through(
                        pairs ->
                                StatefulLogicSpec.life(
                                        pairs,
                                        LifeLogic.Plan.discardOn(LifeLogic.Event.ITEM)
                                                .withNotifyAfter(SOON)))
                .inRealTime()
                .expect(keyed("a", "NEW ITEM"));
    }

    @Test
    void timeThatHasNotComeDoesNotFireAtTheEndOfInput() {
        givenKeyed(keyed("a", 1))
                .through(
                        pairs ->
                                StatefulLogicSpec.life(
                                        pairs, NOTIFY_SOON.withNotifyAfter(Duration.ofHours(1))))
                .expect(keyed("a", "NEW ITEM"), keyed("a", "ITEM END"));
    }

    @Test
    void timeThatCameWhileDownFiresAfterTheStart() {
        givenKeyed(keyed("a", 1), endOfInput(), pause(LATER), keyed("a", 2))
                .through(
                        pairs ->
                                StatefulLogicSpec.life(
                                        pairs, LifeLogic.Plan.KEEP_ALL.withNotifyAfter(SOON)))
                .inRealTime()
                .expect(
                        keyed("a", "NEW ITEM"),
                        keyed("a", "ITEM END"),
                        keyed("a", "END NOTIFY"),
                        keyed("a", "NOTIFY ITEM"),
                        keyed("a", "ITEM END"));
    }

    @Test
    void timeOfEachKeyIsItsOwn() {
        givenKeyed(keyed("a", 1), keyed("b", -1), pause(LATER), keyed("b", -2))
                .through(pairs -> StatefulLogicSpec.life(pairs, NOTIFY_SOON))
                .inRealTime()
                .expect(
                        keyed("a", "NEW ITEM"),
                        keyed("a", "ITEM NOTIFY"),
                        keyed("a", "NOTIFY END"),
                        keyed("b", "NEW ITEM"),
                        keyed("b", "ITEM ITEM"),
                        keyed("b", "ITEM END"));
    }
}
