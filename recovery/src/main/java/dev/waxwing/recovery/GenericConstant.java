package dev.waxwing.recovery;

/**
 * A stored constant of an enum without its class. Immutable.
 *
 * @param typeName simple name of the enum when it was stored
 * @param name of the constant
 */
public record GenericConstant(String typeName, String name) {}
