package dev.waxwing.files;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.ObjectWriter;

/** Writes items as JSON without line ends in it. */
final class JsonEncoder implements LineEncoder<Object> {

    private static final long serialVersionUID = 1L;

    /** Thread-safe; made when it is first needed, as it does not travel with the sink. */
    private transient volatile @Nullable ObjectWriter writer;

    @Override
    public void encode(Object item, LineOutput line) {
        ObjectWriter ready = writer;
        if (ready == null) {
            ready = StrictJson.builder().build().writer();
            writer = ready;
        }
        try (JsonGenerator out = new CheckedGenerator(ready.createGenerator(line))) {
            ready.writeValue(out, item);
        }
    }
}
