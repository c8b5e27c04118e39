package dev.waxwing.testing;

import dev.waxwing.sink.Commit;
import dev.waxwing.sink.EpochSinkPartition;
import dev.waxwing.sink.FencedException;
import dev.waxwing.sink.IdempotentPartition;
import dev.waxwing.sink.IdempotentPartition.OutboxBatch;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Outcome;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.PartialWriteException;
import dev.waxwing.sink.RejectedItemsException;
import dev.waxwing.sink.TransactionalPartition;
import dev.waxwing.sink.TwoPhasePartition;
import dev.waxwing.step.DataflowException;
import dev.waxwing.step.DeliveryException;
import dev.waxwing.step.FailurePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Commits to one partition, again and again without waiting, until the target has it. */
final class ReferenceCommits {

    private static final int ATTEMPTS = 12;

    private final ReferenceStep step;
    private final Owner owner;
    private final EpochSinkPartition<Object> partition;

    ReferenceCommits(ReferenceStep step, Owner owner, EpochSinkPartition<Object> partition) {
        this.step = step;
        this.owner = owner;
        this.partition = partition;
    }

    /** Returns which items were rejected, and why. */
    @SuppressWarnings("unchecked") // what is committed came from the partition
    Map<Integer, String> commit(ReferenceStore.Delivery delivery) {
        Map<Integer, String> rejected = new TreeMap<>();
        List<Object> content = delivery.content();
        if (partition instanceof TransactionalPartition<Object> target) {
            attempt(delivery, () -> apply(target, delivery, content, rejected));
        } else if (partition instanceof IdempotentPartition<Object> target) {
            for (int from = 0; from < content.size(); from += delivery.batchItems()) {
                int end = Math.min(content.size(), from + delivery.batchItems());
                List<Long> places = new ArrayList<>(LongStream.range(from, end).boxed().toList());
                attempt(delivery, () -> send(target, delivery, places, rejected));
            }
        } else if (partition instanceof TwoPhasePartition<?, ?> target) {
            for (Object committable : content) {
                attempt(
                        delivery,
                        () -> ((TwoPhasePartition<Object, Object>) target).commit(committable));
            }
        }
        return rejected;
    }

    private interface Call {
        Outcome make() throws Exception;
    }

    private void attempt(ReferenceStore.Delivery delivery, Call call) {
        for (int attempts = 1; ; attempts++) {
            boolean last = attempts == attemptsMax();
            try {
                Outcome outcome = call.make();
                if (outcome instanceof Outcome.Lost lost) {
                    throw stopped(
                            "what epoch "
                                    + delivery.epoch()
                                    + " has written is lost: "
                                    + lost.reason(),
                            null);
                }
                if (!(outcome instanceof Outcome.Retry)) {
                    return;
                }
                if (last) {
                    throw step.checks.failed(
                            "the target of partition '"
                                    + delivery.part()
                                    + "' asked at every attempt to commit epoch "
                                    + delivery.epoch()
                                    + " later",
                            null);
                }
            } catch (CrashException | DataflowException stopped) {
                throw stopped;
            } catch (FencedException fenced) {
                throw stopped(String.valueOf(fenced.getMessage()), fenced);
            } catch (Throwable thrown) {
                if (last || !FailurePolicy.retry(ATTEMPTS).appliesTo(thrown)) {
                    throw step.checks.threw(
                            "committing epoch "
                                    + delivery.epoch()
                                    + " of partition '"
                                    + delivery.part()
                                    + "'",
                            thrown);
                }
            }
        }
    }

    private Outcome apply(
            TransactionalPartition<Object> target,
            ReferenceStore.Delivery delivery,
            List<Object> rows,
            Map<Integer, String> rejected)
            throws Exception {
        Marker held = target.claim(owner);
        if (held != null && held.epoch() == delivery.epoch()) {
            return Outcome.alreadyCommitted();
        }
        while (true) {
            List<Integer> left =
                    IntStream.range(0, rows.size())
                            .filter(i -> !rejected.containsKey(i))
                            .boxed()
                            .toList();
            try {
                target.apply(
                        new Commit(delivery.epoch(), owner), left.stream().map(rows::get).toList());
                return Outcome.committed();
            } catch (RejectedItemsException e) {
                e.reasons().forEach((index, why) -> rejected.put(left.get(index), why));
                checkDeadLetters(e);
            }
        }
    }

    private Outcome send(
            IdempotentPartition<Object> target,
            ReferenceStore.Delivery delivery,
            List<Long> places,
            Map<Integer, String> rejected)
            throws Exception {
        List<Object> all = delivery.content();
        List<Object> items = places.stream().map(place -> all.get(place.intValue())).toList();
        String outbox =
                owner.lineage()
                        + "/"
                        + owner.step()
                        + "/"
                        + delivery.part()
                        + "/"
                        + delivery.epoch();
        try {
            return target.send(
                    new OutboxBatch<>(
                            new Commit(delivery.epoch(), owner),
                            outbox,
                            delivery.closed(),
                            step.step.hasDeadLetters(),
                            places,
                            items));
        } catch (PartialWriteException e) {
            List<Long> failed = new ArrayList<>();
            for (int index : e.failed()) {
                failed.add(places.get(index));
            }
            places.clear();
            places.addAll(failed);
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (RejectedItemsException e) {
            checkDeadLetters(e);
            e.reasons().forEach((index, why) -> rejected.put(places.get(index).intValue(), why));
            return Outcome.committed();
        }
    }

    private void checkDeadLetters(RejectedItemsException rejected) {
        if (!step.step.hasDeadLetters()) {
            throw step.checks.failed(
                    "in partition '"
                            + owner.partition()
                            + "' "
                            + rejected.getMessage()
                            + "; to go on without what was rejected, give the step a policy with"
                            + " dead letters",
                    rejected);
        }
    }

    private int attemptsMax() {
        FailurePolicy policy = step.step.policy();
        return policy == null || policy.attemptsMax() == 1 ? ATTEMPTS : policy.attemptsMax();
    }

    private DeliveryException stopped(
            String why, @org.jspecify.annotations.Nullable Throwable cause) {
        return new DeliveryException(
                step.step.userStep(),
                "step '"
                        + step.step.userStep()
                        + "': partition '"
                        + owner.partition()
                        + "': "
                        + why,
                cause);
    }
}
