package dev.waxwing.files;

/**
 * A part of a directory that is written and not visible yet.
 *
 * @param name that it will have
 * @param stagedAs name that it has until then
 * @param bytes how long it is
 * @param crc32c CRC-32C of its bytes
 * @param epoch in which it was written
 * @param endsEpoch whether its writer has no other part of the epoch after it
 */
record StagedPart(
        String name, String stagedAs, long bytes, long crc32c, long epoch, boolean endsEpoch) {}
