package dev.waxwing.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Undoes the content coding of a body, piece by piece: gzip (RFC 1952), deflate (RFC 1950) or none.
 * Servers and proxies use one unasked. Confined to one thread.
 */
final class ContentDecoder implements AutoCloseable {

    /*
     * The JDK's GZIPInputStream pulls; an answer that has no end pushes pieces of any size. The header of a gzip
     * member is kept until it is whole, as is the trailer behind its data; more members may follow.
     */
    private static final int HEADER_BYTES_MAX = 128 << 10;
    private static final int TRAILER_BYTES = 8;
    private static final int PIECE_BYTES = 16 << 10;

    /** Takes what was decoded; returns whether it wants more. */
    @FunctionalInterface
    interface Decoded {
        boolean take(byte[] piece);
    }

    private enum Coding {
        NONE,
        GZIP,
        DEFLATE
    }

    private enum Part {
        HEADER,
        DATA,
        TRAILER
    }

    private final Coding coding;
    private Inflater inflater;
    private final CRC32 checksum = new CRC32();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private Part part;
    private boolean touched;

    private ContentDecoder(Coding coding) {
        this.coding = coding;
        this.inflater = new Inflater(coding == Coding.GZIP);
        this.part = coding == Coding.NONE ? Part.DATA : Part.HEADER;
    }

    /**
     * The decoder of an answer.
     *
     * @throws IOException if its coding is unknown
     */
    static ContentDecoder of(HttpHeaders headers) throws IOException {
        String name =
                String.join(",", headers.allValues("Content-Encoding"))
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("\\s|identity", "")
                        .replaceAll("^,+|,+$", "");
        return switch (name) {
            case "" -> new ContentDecoder(Coding.NONE);
            case "gzip", "x-gzip" -> new ContentDecoder(Coding.GZIP);
            case "deflate" -> new ContentDecoder(Coding.DEFLATE);
            default ->
                    throw new IOException(
                            "the answer has the content coding '"
                                    + name
                                    + "', though none was asked for; only gzip and deflate are"
                                    + " decoded, so have the server send one of these or none");
        };
    }

    /** Decodes the next piece, until no more is wanted. */
    void decode(byte[] piece, Decoded decoded) throws IOException {
        if (coding == Coding.NONE) {
            decoded.take(piece);
            return;
        }
        touched |= piece.length > 0;
        int at = 0;
        while (at < piece.length) {
            if (part == Part.DATA) {
                int left = inflated(piece, at, decoded);
                if (left < 0) {
                    return;
                }
                at = piece.length - left;
            } else {
                kept.write(piece[at++]);
                endPart(decoded);
            }
        }
    }

    /** Whether nothing is missing of what has been decoded. */
    boolean isWhole() {
        return coding == Coding.NONE
                || !touched
                || (coding == Coding.GZIP
                        ? part == Part.HEADER && kept.size() == 0
                        : inflater.finished());
    }

    @Override
    public void close() {
        inflater.end();
    }

    /* Returns how many bytes are left behind the data, or less than zero if no more is wanted. */
    private int inflated(byte[] piece, int at, Decoded decoded) throws IOException {
        if (inflater.finished()) {
            throw new IOException("the answer goes on behind the end of its content coding");
        }
        inflater.setInput(piece, at, piece.length - at);
        byte[] buffer = new byte[PIECE_BYTES];
        while (!inflater.finished()) {
            int length;
            try {
                length = inflater.inflate(buffer);
            } catch (DataFormatException e) {
                throw damaged(String.valueOf(e.getMessage()));
            }
            if (length == 0 && inflater.needsDictionary()) {
                throw damaged("it needs a dictionary");
            }
            if (length == 0 && !inflater.finished()) {
                return 0;
            }
            checksum.update(buffer, 0, length);
            if (!decoded.take(Arrays.copyOf(buffer, length))) {
                return -1;
            }
        }
        if (coding == Coding.GZIP) {
            part = Part.TRAILER;
        }
        return inflater.getRemaining();
    }

    private void endPart(Decoded decoded) throws IOException {
        byte[] bytes = kept.toByteArray();
        if (coding == Coding.DEFLATE) {
            beginDeflate(bytes, decoded);
        } else if (part == Part.HEADER && isHeader(bytes)) {
            begin(Part.DATA);
        } else if (part == Part.TRAILER && bytes.length == TRAILER_BYTES) {
            if (number(bytes, 0) != checksum.getValue()
                    || number(bytes, 4) != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
                throw damaged("its checksum or its length is another");
            }
            begin(Part.HEADER);
            inflater.reset();
            checksum.reset();
        }
    }

    /* Some servers send what RFC 1951 calls deflate, without the header that HTTP means; two bytes tell. */
    private void beginDeflate(byte[] bytes, Decoded decoded) throws IOException {
        if (bytes.length < 2) {
            return;
        }
        int header = (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
        if ((bytes[0] & 0x0F) != 8 || header % 31 != 0) {
            inflater.end();
            inflater = new Inflater(true);
        }
        begin(Part.DATA);
        inflated(bytes, 0, decoded);
    }

    private void begin(Part next) {
        part = next;
        kept.reset();
    }

    private static long number(byte[] bytes, int at) {
        long number = 0;
        for (int i = 3; i >= 0; i--) {
            number = number << 8 | (bytes[at + i] & 0xFF);
        }
        return number;
    }

    /* Fixed bytes, then what the flags say: extra bytes, two texts that end with zero, a checksum. */
    private static boolean isHeader(byte[] bytes) throws IOException {
        if ((bytes[0] & 0xFF) != 0x1F
                || (bytes.length > 1 && (bytes[1] & 0xFF) != 0x8B)
                || (bytes.length > 2 && bytes[2] != 8)
                || bytes.length > HEADER_BYTES_MAX) {
            throw damaged("it does not begin as gzip");
        }
        if (bytes.length < 10) {
            return false;
        }
        int flags = bytes[3];
        int at = 10;
        if ((flags & 4) != 0) {
            at += bytes.length < 12 ? 2 : 2 + (bytes[10] & 0xFF | (bytes[11] & 0xFF) << 8);
        }
        for (int text : new int[] {8, 16}) {
            if ((flags & text) != 0) {
                while (at < bytes.length && bytes[at] != 0) {
                    at++;
                }
                at++;
            }
        }
        return bytes.length == at + ((flags & 2) != 0 ? 2 : 0);
    }

    private static IOException damaged(String how) {
        return new IOException("the content coding of the answer is damaged: " + how);
    }
}
