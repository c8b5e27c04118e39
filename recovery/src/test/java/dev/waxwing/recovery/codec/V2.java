package dev.waxwing.recovery.codec;

import java.math.BigDecimal;
import java.util.List;

/** The same in a version that can read it. */
final class V2 {

    private V2() {}

    record CartState(int total, String name, long added, Integer boxed) {}

    record Outer(List<CartState> carts) {}

    enum Color {
        GREEN,
        BLUE,
        RED
    }

    sealed interface Shape permits Circle, Square, Dot {}

    record Circle(long r) implements Shape {}

    record Square(int a) implements Shape {}

    record Dot() implements Shape {}

    record Node(long value, Node next) {}

    @SuppressWarnings("ArrayRecordComponent")
    record Numbers(short a, long b, double c, Integer d, BigDecimal e, long[] f) {}

    static final class Counter {
        int count = 1;
        String name = "from the constructor";
    }
}
