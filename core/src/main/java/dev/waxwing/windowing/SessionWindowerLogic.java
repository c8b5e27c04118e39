package dev.waxwing.windowing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sessions of one key. */
final class SessionWindowerLogic implements WindowerLogic<SessionWindower.Sessions> {

    private final long gap;
    private final List<Session> sessions = new ArrayList<>();
    private final List<WindowerLogic.Merge> merges = new ArrayList<>();
    private long highestId = -1;

    SessionWindowerLogic(long gap, SessionWindower.@Nullable Sessions resumeState) {
        this.gap = gap;
        if (resumeState != null) {
            highestId = resumeState.highestId();
            resumeState.open().forEach(session -> sessions.add(new Session(session)));
        }
    }

    @Override
    public long[] openFor(long micros) {
        for (Session session : sessions) {
            if (session.takes(micros, gap)) {
                mergeNeighbours();
                return new long[] {session.id};
            }
        }
        highestId++;
        sessions.add(new Session(WindowResult.Metadata.of(highestId, micros, micros)));
        return new long[] {highestId};
    }

    @Override
    public long[] lateFor(long micros) {
        return new long[] {SessionWindower.LATE_ID};
    }

    @Override
    public List<WindowerLogic.Merge> merged() {
        if (merges.isEmpty()) {
            return List.of();
        }
        List<WindowerLogic.Merge> drained = List.copyOf(merges);
        merges.clear();
        return drained;
    }

    @Override
    public WindowResult.Metadata window(long windowId) {
        return find(windowId).toMetadata();
    }

    /* Strictly more than the gap past its end: from the next microsecond on. */
    @Override
    public long closesAt(long windowId) {
        return find(windowId).close + gap + 1;
    }

    @Override
    public long closesAt() {
        long least = Micros.END_OF_TIME;
        for (Session session : sessions) {
            least = Math.min(least, session.close + gap + 1);
        }
        return least;
    }

    @Override
    public List<WindowResult.Metadata> closeFor(long watermark) {
        if (sessions.isEmpty() || closesAt() > watermark) {
            return List.of();
        }
        List<WindowResult.Metadata> closed = new ArrayList<>();
        for (Iterator<Session> each = sessions.iterator(); each.hasNext(); ) {
            Session session = each.next();
            if (session.close + gap + 1 <= watermark) {
                each.remove();
                closed.add(session.toMetadata());
            }
        }
        closed.sort(Comparator.comparingLong(WindowResult.Metadata::closeMicros));
        return closed;
    }

    @Override
    public SessionWindower.Sessions snapshot() {
        return new SessionWindower.Sessions(
                highestId, sessions.stream().map(Session::toMetadata).toList());
    }

    private void mergeNeighbours() {
        if (sessions.size() < 2) {
            return;
        }
        List<Session> byOpen = new ArrayList<>(sessions);
        byOpen.sort(Comparator.comparingLong(session -> session.open));
        Session current = byOpen.get(0);
        for (Session next : byOpen.subList(1, byOpen.size())) {
            if (next.open - current.close <= gap) {
                current.swallow(next);
                sessions.remove(next);
                merges.add(new WindowerLogic.Merge(next.id, current.id));
            } else {
                current = next;
            }
        }
    }

    private Session find(long windowId) {
        for (Session session : sessions) {
            if (session.id == windowId) {
                return session;
            }
        }
        throw new IllegalStateException("session " + windowId + " is not open");
    }

    /** One session, from its first to its last value. */
    private static final class Session {

        private final long id;
        private final List<Long> mergedIds;
        private long open;
        private long close;

        Session(WindowResult.Metadata stored) {
            id = stored.windowId();
            open = stored.openMicros();
            close = stored.closeMicros();
            mergedIds = new ArrayList<>(stored.mergedIds());
        }

        /** Whether the time is in the session or near enough, which then reaches up to it. */
        boolean takes(long micros, long gap) {
            if (open - micros > gap || micros - close > gap) {
                return false;
            }
            open = Math.min(open, micros);
            close = Math.max(close, micros);
            return true;
        }

        void swallow(Session other) {
            close = Math.max(close, other.close);
            mergedIds.add(other.id);
            mergedIds.addAll(other.mergedIds);
        }

        WindowResult.Metadata toMetadata() {
            return new WindowResult.Metadata(id, open, close, mergedIds);
        }
    }
}
