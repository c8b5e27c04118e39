package dev.waxwing.recovery.codec;

/** The numbers by which a value without a declared type says what it is; part of the format. */
final class AnyTag {

    static final int NULL = 0;

    /** Plus the ordinal of the scalar. */
    static final int SCALAR = 1;

    static final int OPTIONAL = 40;
    static final int OBJECT_ARRAY = 41;
    static final int MAP = 42;
    static final int SORTED_MAP = 43;

    /** Plus the ordinal of the sequence. */
    static final int SEQUENCE = 44;

    /** Plus the ordinal of the element's scalar. */
    static final int PRIMITIVE_ARRAY = 52;

    /** Plus the place of the class among those that are known. */
    static final int CLASS = 64;

    private AnyTag() {}
}
