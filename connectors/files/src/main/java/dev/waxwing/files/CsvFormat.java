package dev.waxwing.files;

import java.io.Serializable;

/**
 * The two characters that make text a table, as RFC 4180 has them: fields are parted by the
 * delimiter, and a field in quotes may hold delimiters, line ends and doubled quotes.
 */
record CsvFormat(char delimiter, char quote) implements Serializable {

    static final CsvFormat DEFAULTS = new CsvFormat(',', '"');

    CsvFormat {
        requireOneByte("delimiter", delimiter);
        requireOneByte("quote", quote);
        if (delimiter == quote) {
            throw new IllegalArgumentException(
                    "delimiter and quote must differ, but both were '" + quote + "'");
        }
    }

    CsvFormat withDelimiter(char character) {
        return new CsvFormat(character, quote);
    }

    CsvFormat withQuote(char character) {
        return new CsvFormat(delimiter, character);
    }

    private static void requireOneByte(String name, char character) {
        if (character >= 0x80 || character == '\n' || character == '\r' || character == 0) {
            throw new IllegalArgumentException(
                    name
                            + " must be an ASCII character and no line end, but was U+"
                            + Integer.toHexString(character));
        }
    }
}
