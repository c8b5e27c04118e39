package dev.waxwing.files;

/**
 * A line of a text and where it comes from.
 *
 * @param file name of the source partition: the path as it was given, or within the directory; of a
 *     file that is followed and was rotated while nobody read, the path that it has now; "standard
 *     input" for that
 * @param number of the line in the file, from 1
 * @param offset in bytes of its beginning from that of the file, after decompression
 * @param text without the line's end
 */
public record NumberedLine(String file, long number, long offset, String text) {

    public NumberedLine {
        if (number < 1 || offset < 0) {
            throw new IllegalArgumentException(
                    "line of file '"
                            + file
                            + "': number must be 1 or more and offset 0 or more, but were "
                            + number
                            + " and "
                            + offset);
        }
    }
}
