package dev.waxwing.recovery.codec;

/** The form of a value: what its bytes mean, without the Java classes. Immutable. */
sealed interface Schema {

    /**
     * A number, a text, a time, ….
     *
     * @param isPrimitive whether it is never null, and so has no mark for it
     */
    record Scalar(ScalarType type, boolean isPrimitive) implements Schema {}

    /** A list or set. */
    record Sequence(SequenceKind kind, Schema element) implements Schema {}

    /** A map. */
    record Mapping(MappingKind kind, Schema key, Schema value) implements Schema {}

    /** An array of anything but bytes. */
    record Array(Schema element) implements Schema {}

    /** A {@link java.util.Optional}. */
    record Maybe(Schema element) implements Schema {}

    /** A type that has a name; index of its definition. */
    record Named(int index) implements Schema {}

    /** A value that carries its own type. */
    record Any() implements Schema {}
}
