package dev.waxwing.http;

import java.io.OutputStream;
import java.util.List;
import java.util.Objects;

/** A body that a user's function writes. */
record WrittenBody<X>(String contentType, RequestBody.Writer<X> writer) implements RequestBody<X> {

    WrittenBody {
        Objects.requireNonNull(contentType, "contentType must not be null");
        Calls.requireHeader("Content-Type", contentType);
        Objects.requireNonNull(writer, "writer must not be null");
    }

    @Override
    public void write(List<X> items, OutputStream out) throws Exception {
        writer.write(items, out);
    }
}
