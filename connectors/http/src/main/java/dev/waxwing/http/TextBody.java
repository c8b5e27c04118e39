package dev.waxwing.http;

import dev.waxwing.function.Mapper;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;

/** A body of text that a user's function makes. */
record TextBody<X>(String contentType, Mapper<List<X>, String> text) implements RequestBody<X> {

    TextBody {
        Objects.requireNonNull(contentType, "contentType must not be null");
        Calls.requireHeader("Content-Type", contentType);
        Objects.requireNonNull(text, "text must not be null");
    }

    @Override
    public void write(List<X> items, OutputStream out) throws Exception {
        out.write(BodyText.encoded(text.map(items)));
    }
}
