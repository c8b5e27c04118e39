package dev.waxwing.files;

import dev.waxwing.text.TextForms;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes JSON: files with a document a line, and files that are one big document with an
 * array in it, in UTF-8. Objects are mapped by Jackson: records and plain classes as they are,
 * others by its annotations.
 *
 * <p>Mapping is strict: a document is rejected if it would be changed. Values must be of their JSON
 * type, and of the forms of {@link TextForms}; a component of a record or parameter of a
 * constructor must be there and not be null, but for {@code @Nullable} and {@link Optional}; no
 * name may come twice in an object. Names that the type does not have are left out; what a class
 * keeps in a private field it has, with a setter or without. Numbers of trees and of {@code Object}
 * keep all digits, as {@link java.math.BigDecimal}.
 *
 * <p>To be lenient, a source takes another mapper: {@link #strictMapper} with modules and settings
 * of yours, or {@code JsonMapper::shared}, which is Jackson as it comes.
 */
public final class JsonFiles {

    private JsonFiles() {}

    /** Reads a document a line, whatever it is. */
    public static JsonLineSource<JsonNode> lines(Path file) {
        return lines(file, JsonNode.class);
    }

    /** Reads an object of the type a line. */
    public static <T> JsonLineSource<T> lines(Path file, Class<T> type) {
        return new JsonLineSource<>(
                FileSet.of(List.of(file)), ReadOptions.DEFAULTS, JsonShape.strict(type));
    }

    /**
     * Reads an object of the type a line from files of a directory, as {@link TextFiles#directory}.
     */
    public static <T> JsonLineSource<T> directory(Path directory, String glob, Class<T> type) {
        return new JsonLineSource<>(
                FileSet.in(directory, glob), ReadOptions.DEFAULTS, JsonShape.strict(type));
    }

    /**
     * Reads the elements of an array in a file that is one JSON document, one by one: the document
     * is never held in memory.
     *
     * @param pointer where the array is, as in RFC 6901: {@code /features}, or empty if the
     *     document is the array
     */
    public static <T> JsonElementSource<T> elements(Path file, String pointer, Class<T> type) {
        return new JsonElementSource<>(
                FileSet.of(List.of(file)), ReadOptions.DEFAULTS, pointer, JsonShape.strict(type));
    }

    /**
     * What documents are mapped by if no other mapper is named, to be added to; for {@link
     * JsonLineSource#withMapper} and {@link JsonElementSource#withMapper}.
     */
    public static JsonMapper.Builder strictMapper() {
        Jackson.require();
        return StrictJson.reading();
    }

    /**
     * Appends items as JSON, one a line. An item with a number that JSON does not have, such as
     * NaN, cannot be written.
     */
    public static AppendSink<Object> append(Path file) {
        return AppendSink.to(file, new JsonEncoder());
    }

    /** Appends items as JSON, one a line, to parts of a directory by key. */
    public static AppendSink<Object> appendTo(Path directory, int parts) {
        return AppendSink.to(directory, parts, new JsonEncoder());
    }

    /**
     * Writes items as JSON, one a line, to the parts of a directory that exists; they can be seen,
     * with names that end with {@code .jsonl}, when they are complete.
     */
    public static RollingSink<Object> rolling(Path directory) {
        return RollingSink.to(directory, ".jsonl", new JsonEncoder());
    }
}
