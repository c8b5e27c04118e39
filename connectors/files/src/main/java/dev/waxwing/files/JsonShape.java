package dev.waxwing.files;

import dev.waxwing.function.Supplier;
import java.io.Serializable;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * What documents become, and by which mapper.
 *
 * @param mapper made anew for each partition, as a mapper need not travel with the source
 */
record JsonShape<T>(Class<T> type, Supplier<? extends JsonMapper> mapper) implements Serializable {

    static <T> JsonShape<T> strict(Class<T> type) {
        Jackson.require();
        return new JsonShape<>(type, () -> StrictJson.reading().build());
    }

    JsonShape<T> withMapper(Supplier<? extends JsonMapper> newMapper) {
        return new JsonShape<>(type, newMapper);
    }

    ObjectReader reader() throws Exception {
        return mapper.get().readerFor(type);
    }
}
