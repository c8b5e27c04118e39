package dev.waxwing.files;

import java.io.Closeable;
import java.io.IOException;

/** Where the bytes of a source partition come from. */
interface ByteInput extends Closeable {

    /**
     * As {@link java.io.InputStream#read(byte[], int, int)}.
     *
     * @return how many bytes were read, at least one; or -1 at the end
     */
    int read(byte[] into, int from, int length) throws IOException;
}
