package dev.waxwing.simulation.sink;

import dev.waxwing.sink.Marker;
import dev.waxwing.testing.TargetFaults;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A system outside that has transactions, as its client library shows it; in memory. */
final class Archive {

    private final List<String> documents = new ArrayList<>();
    private final Map<String, Marker> markers = new HashMap<>();

    /** What a reader finds. */
    List<String> documents() {
        return List.copyOf(documents);
    }

    Map<String, Marker> markers() {
        return markers;
    }

    Client connect(TargetFaults faults) {
        return new Client(faults);
    }

    /** A connection. */
    final class Client {

        private final TargetFaults faults;

        private Client(TargetFaults faults) {
            this.faults = faults;
        }

        Transaction begin() throws Exception {
            faults.at("begin.before");
            return new Transaction();
        }

        /** What is not committed when it is closed is dropped. */
        final class Transaction implements AutoCloseable {

            private final List<String> added = new ArrayList<>();
            private final Map<String, @Nullable Marker> moved = new HashMap<>();

            /** Null if there is none. */
            @Nullable Marker marker(String place) {
                return markers.get(place);
            }

            /** Null removes it. */
            void setMarker(String place, @Nullable Marker marker) {
                moved.put(place, marker);
            }

            void add(String document) {
                added.add(document);
            }

            void commit() throws Exception {
                if (!added.isEmpty()) {
                    faults.at("apply.middle");
                }
                documents.addAll(added);
                moved.forEach((place, marker) -> markers.compute(place, (same, old) -> marker));
                faults.at("commit.after");
            }

            @Override
            public void close() {
                added.clear();
            }
        }
    }
}
