package dev.waxwing.engine.worker;

import dev.waxwing.engine.site.ChangeLog;
import dev.waxwing.recovery.codec.ByteOutput;
import dev.waxwing.recovery.page.PageWriter;
import dev.waxwing.recovery.page.StatePage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers what an epoch changes in one state of a worker. Confined to the worker. */
public final class StateChanges implements ChangeLog {

    /*
     * State that is provably immutable is kept as it is and encoded when the coordinator asks, off the
     * worker; other state is encoded at once, since its key may be touched next.
     */
    private final StateEncoding encoding;
    private final ByteOutput keyBytes = new ByteOutput();
    private final ByteOutput valueBytes = new ByteOutput();
    private List<StatePage> pages = new ArrayList<>();
    private @Nullable PageWriter writer;
    private List<Object> keys = new ArrayList<>();
    private List<@Nullable Object> states = new ArrayList<>();

    public StateChanges(StateEncoding encoding) {
        this.encoding = encoding;
    }

    @Override
    public void put(Object key, Object state) {
        if (encoding.isImmutable()) {
            keys.add(key);
            states.add(state);
        } else {
            encode(key, state);
        }
    }

    @Override
    public void remove(Object key) {
        if (encoding.isImmutable()) {
            keys.add(key);
            states.add(null);
        } else {
            encode(key, null);
        }
    }

    /** Whether a state is of a kind that can be stored. */
    boolean takes(Object state) {
        return encoding.takes(state, valueBytes);
    }

    /** What has been gathered since the last call, or null if nothing. */
    @Nullable PendingPages take() {
        if (!keys.isEmpty()) {
            List<Object> takenKeys = keys;
            List<@Nullable Object> takenStates = states;
            keys = new ArrayList<>();
            states = new ArrayList<>();
            return () -> encodeAll(takenKeys, takenStates);
        }
        List<StatePage> taken = finished();
        return taken.isEmpty() ? null : () -> taken;
    }

    private List<StatePage> encodeAll(List<Object> allKeys, List<@Nullable Object> allStates) {
        StateChanges encoder = new StateChanges(encoding);
        for (int i = 0; i < allKeys.size(); i++) {
            encoder.encode(allKeys.get(i), allStates.get(i));
        }
        return encoder.finished();
    }

    private List<StatePage> finished() {
        if (writer != null && writer.entries() > 0) {
            pages.add(writer.toPage());
        }
        List<StatePage> taken = pages;
        pages = new ArrayList<>();
        return taken;
    }

    private void encode(Object key, @Nullable Object state) {
        PageWriter page = writer;
        if (page == null) {
            page = encoding.newWriter();
            writer = page;
        }
        encoding.add(page, key, state, keyBytes, valueBytes);
        if (page.isFull()) {
            pages.add(page.toPage());
        }
    }
}
