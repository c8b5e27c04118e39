package dev.waxwing.recovery.codec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Types of the kinds that users keep as state. */
final class Shop {

    private Shop() {}

    enum Color {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "green";
            }
        }
    }

    record Item(String sku, int n) {}

    record CartState(List<Item> items, Instant expires) {}

    record Pair<A, B>(A first, B second) {}

    record Tree(String name, List<Tree> children, Tree parent) {}

    record Chain(int n, Chain next) {}

    record Four(String a, long b, int c, Instant d) {}

    record Everything(
            boolean flag,
            byte tiny,
            short small,
            char letter,
            int whole,
            long large,
            float rough,
            double fine,
            Integer maybe,
            String text,
            Color color,
            Optional<String> option,
            Map<String, List<Long>> map) {}

    record Holder(Object anything) {}

    record Empty() {}

    sealed interface Shape permits Circle, Square, Polygon, Fixed {}

    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape {}

    sealed interface Polygon extends Shape permits Triangle {}

    record Triangle(int a, int b, int c) implements Polygon {}

    enum Fixed implements Shape {
        UNIT
    }

    sealed interface Result<T> permits Ok, Failed {}

    record Ok<T>(T value) implements Result<T> {}

    record Failed<T>(String reason) implements Result<T> {}

    static class Counter {
        private long count;
        private final List<String> seen = new ArrayList<>();
        private transient int cache = 7;

        private Counter() {}

        static Counter of(long count, String... seen) {
            Counter counter = new Counter();
            counter.count = count;
            counter.seen.addAll(List.of(seen));
            return counter;
        }

        long count() {
            return count;
        }

        List<String> seen() {
            return seen;
        }

        int cache() {
            return cache;
        }
    }

    static final class NamedCounter extends Counter {
        private final String name;
        private final long count;

        private NamedCounter() {
            this("", 0);
        }

        NamedCounter(String name, long count) {
            this.name = name;
            this.count = count;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof NamedCounter that
                    && name.equals(that.name)
                    && count == that.count;
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, count);
        }
    }

    static final class NoConstructor {
        NoConstructor(int required) {
            assert required >= 0;
        }
    }

    @SuppressWarnings("ClassCanBeStatic")
    final class Inner {}

    record Positive(int value) {
        Positive {
            if (value <= 0) {
                throw new IllegalArgumentException("not positive");
            }
        }
    }
}
