package dev.waxwing.files;

/**
 * Which element of an array is read next.
 *
 * @param file name of the source partition
 * @param index of the element, from 0
 * @param mark what the file is known by
 */
record ElementPosition(String file, long index, FileMark mark) {

    public ElementPosition {
        if (index < 0) {
            throw new IllegalArgumentException(
                    "index in file '" + file + "' must be 0 or more, but was " + index);
        }
    }

    /** Of a file of which nothing is known. */
    ElementPosition(String file, long index) {
        this(file, index, FileMark.NONE);
    }
}
