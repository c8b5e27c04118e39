package dev.waxwing.files;

/**
 * How far a partition of the auction stream has come.
 *
 * @param events how many events it has emitted
 */
record AuctionPosition(long events) {}
