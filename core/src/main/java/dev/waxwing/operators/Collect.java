package dev.waxwing.operators;

import dev.waxwing.KeyedStream;
import dev.waxwing.Operator;
import dev.waxwing.function.TypeRef;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.state.LogicContext;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.state.StatefulSpec;
import dev.waxwing.step.CollectOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gathers the values of a key into lists. */
public final class Collect {

    private Collect() {}

    public static <K, V> Operator<KeyedStream<K, V>, KeyedStream<K, List<V>>> by(
            CollectOptions options) {
        Objects.requireNonNull(options, "options must not be null");
        StatefulSpec<K, V, List<V>, Collected<V>> spec =
                StatefulSpec.<K, V, List<V>, Collected<V>>of(
                                "collected",
                                (context, state) -> new CollectLogic<>(options, context, state))
                        .withStateType(TypeRef.of(Collected.class));
        return Operator.named("collect", up -> up.stateful("stateful", spec));
    }

    /**
     * What has been collected for a key.
     *
     * @param values in arrival order
     * @param deadlineMillis when it is emitted at the latest, in milliseconds since 1970
     */
    public record Collected<V>(List<V> values, long deadlineMillis) {}
}

/** Holds the list of one key. */
final class CollectLogic<K, V> implements StatefulLogic<V, List<V>, Collect.Collected<V>> {

    private final CollectOptions options;
    private final LogicContext<K> context;
    private List<V> values = new ArrayList<>();
    private long deadlineMillis;

    CollectLogic(
            CollectOptions options,
            LogicContext<K> context,
            Collect.@Nullable Collected<V> resumeState) {
        this.options = options;
        this.context = context;
        if (resumeState != null) {
            values.addAll(resumeState.values());
            /* The wall clock may have been set back since: never longer than the time-out. */
            deadlineMillis =
                    Math.min(resumeState.deadlineMillis(), deadlineFrom(context.nowMillis()));
        }
    }

    @Override
    public Retain onItem(V value, Outputs<? super List<V>> out) {
        if (values.isEmpty() || options.since() == CollectOptions.Since.LAST) {
            deadlineMillis = deadlineFrom(context.nowMillis());
        }
        values.add(value);
        return values.size() >= options.itemsMax() ? release(out) : Retain.KEEP;
    }

    @Override
    public Retain onNotify(Outputs<? super List<V>> out) {
        return release(out);
    }

    @Override
    public Retain onEndOfInput(Outputs<? super List<V>> out) {
        return release(out);
    }

    @Override
    public long notifyAtMillis() {
        return deadlineMillis;
    }

    @Override
    public Collect.Collected<V> snapshot() {
        return new Collect.Collected<>(List.copyOf(values), deadlineMillis);
    }

    private Retain release(Outputs<? super List<V>> out) {
        List<V> full = values;
        values = new ArrayList<>();
        /* What was stored when lists could be longer is more than one list now. */
        int from = 0;
        for (; from + options.itemsMax() < full.size(); from += options.itemsMax()) {
            out.emit(new ArrayList<>(full.subList(from, from + options.itemsMax())));
        }
        if (!full.isEmpty()) {
            out.emit(from == 0 ? full : new ArrayList<>(full.subList(from, full.size())));
        }
        return Retain.DISCARD;
    }

    private long deadlineFrom(long nowMillis) {
        long timeout = Math.max(1, millis());
        return nowMillis > Long.MAX_VALUE - timeout ? Long.MAX_VALUE : nowMillis + timeout;
    }

    private long millis() {
        return options.timeout().compareTo(java.time.Duration.ofMillis(Long.MAX_VALUE)) > 0
                ? Long.MAX_VALUE
                : options.timeout().toMillis();
    }
}
