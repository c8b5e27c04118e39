package dev.waxwing.recovery.codec;

import java.util.List;

/** The same in a version that cannot. */
final class V3 {

    private V3() {}

    record CartState(String total, String name) {}

    record Outer(List<CartState> carts, boolean flag) {}

    enum Color {
        RED
    }

    sealed interface Shape permits Circle {}

    record Circle(int r) implements Shape {}
}
