package dev.waxwing.recovery.codec;

import java.util.List;

/** What a program stored in its first version. */
final class V1 {

    private V1() {}

    record CartState(int total, String name) {}

    record Outer(List<CartState> carts, boolean flag) {}

    enum Color {
        RED,
        BLUE
    }

    sealed interface Shape permits Circle, Square {}

    record Circle(int r) implements Shape {}

    record Square(int a) implements Shape {}

    record Node(int value, Node next) {}

    @SuppressWarnings("ArrayRecordComponent")
    record Numbers(byte a, int b, float c, int d, long e, int[] f) {}

    static final class Counter {
        int count = 1;
    }
}
