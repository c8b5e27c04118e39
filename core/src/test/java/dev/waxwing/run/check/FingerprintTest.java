package dev.waxwing.run.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.Month;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class FingerprintTest {

    private record Pair(Object left, Object right) {}

    /** Compares by name only. */
    private static final class Named {
        private final String name;
        private int calls;

        Named(String name) {
            this.name = name;
        }

        @Override
        public boolean equals(Object other) {
            calls++;
            return other instanceof Named named && named.name.equals(name);
        }

        @Override
        public int hashCode() {
            calls++;
            return name.hashCode();
        }
    }

    private static class Box {
        private Object content = "";

        @Override
        public String toString() {
            return "box of " + content.getClass();
        }
    }

    private static final class Crate extends Box {
        private final int[] sizes = {1};
    }

    @Test
    void changesWithWhatIsInCollectionsRecordsAndArrays() {
        var list = new ArrayList<>(List.of(1, 2));
        var item = new Pair(Map.of("a", Optional.of(new Object[] {list})), null);
        long before = Fingerprint.of(item);
        assertThat(Fingerprint.of(item)).isEqualTo(before);

        list.set(1, 3);

        assertThat(Fingerprint.of(item)).isNotEqualTo(before);
    }

    @Test
    void changesWithTheFieldsOfObjectsWithoutAHashCode() {
        var crate = new Crate();
        long empty = Fingerprint.of(crate);
        ((Box) crate).content = "full";
        long full = Fingerprint.of(crate);
        crate.sizes[0] = 2;

        assertThat(List.of(empty, full, Fingerprint.of(crate))).doesNotHaveDuplicates();
    }

    @Test
    void changesWithNumbersAndTextsThatCanChange() {
        var number = new AtomicLong();
        var text = new StringBuilder();
        long numberBefore = Fingerprint.of(number);
        long textBefore = Fingerprint.of(text);
        number.incrementAndGet();
        text.append('a');

        assertThat(Fingerprint.of(number)).isNotEqualTo(numberBefore);
        assertThat(Fingerprint.of(text)).isNotEqualTo(textBefore);
    }

    @Test
    void staysWhileOnlyWhatAHashCodeLeavesOutChanges() {
        var named = new Named("a");

        assertThat(Fingerprint.of(named)).isEqualTo(Fingerprint.of(named));
        assertThat(named.calls).isEqualTo(2);
    }

    @Test
    void staysForWhatCannotBeLookedInto() {
        var lock = new Object();
        Supplier<Object> lambda = () -> lock;
        var thrown = new IllegalStateException();

        for (Object item : List.of(lock, lambda, thrown, Thread.currentThread())) {
            assertThat(Fingerprint.of(item)).isEqualTo(Fingerprint.of(item));
        }
    }

    @Test
    void growthOfLargeCollectionsIsSeen() {
        var list = new ArrayList<>(IntStream.range(0, 10_000).boxed().toList());
        var map = new HashMap<Integer, Object>(Map.of(1, list));
        long before = Fingerprint.of(map);

        list.add(1);

        assertThat(Fingerprint.of(map)).isNotEqualTo(before);
    }

    @Test
    void objectsThatHoldThemselvesAreLookedAtOnce() {
        var box = new Box();
        box.content = new ArrayList<>(List.of(box));

        assertThat(Fingerprint.of(box)).isEqualTo(Fingerprint.of(box));
    }

    private record Place(int x, Month month, Instant at, @Nullable Place next) {}

    @Test
    void onlyValuesAndRecordsOfTheseAreKnownNeverToChange() {
        for (Class<?> type : List.of(String.class, Instant.class, Month.class, Place.class)) {
            assertThat(Constants.areAllOf(type)).as(type.getName()).isTrue();
        }
        for (Class<?> type :
                List.of(Object.class, Pair.class, int[].class, List.class, Box.class)) {
            assertThat(Constants.areAllOf(type)).as(type.getName()).isFalse();
        }
    }

    @Test
    void recordThatHoldsValuesOnlyIsNotLookedAtAgain() {
        assertThat(Fingerprint.ofChangeable(new Pair("a", new Pair(1, null)))).isNull();
        assertThat(Fingerprint.ofChangeable(new Pair("a", new Pair(1, new Box())))).isNotNull();
        assertThat(Fingerprint.ofChangeable(new ArrayList<>())).isNotNull();
    }

    private record Mixed(String name, List<String> notes) {}

    @Test
    void ofARecordWhatCanChangeIsLookedAt() {
        var item = new Mixed("a", new ArrayList<>());
        long before = Fingerprint.of(item);
        assertThat(Fingerprint.of(item)).isEqualTo(before);

        item.notes().add("b");

        assertThat(Fingerprint.of(item)).isNotEqualTo(before);
    }

    @Test
    void changesWithConstantsThatAreReplaced() {
        var box = new Box();
        box.content = Month.MAY;
        long before = Fingerprint.of(box);

        box.content = Month.JUNE;

        assertThat(Fingerprint.of(box)).isNotEqualTo(before);
    }
}
