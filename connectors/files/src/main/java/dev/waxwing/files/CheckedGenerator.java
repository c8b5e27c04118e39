package dev.waxwing.files;

import dev.waxwing.text.TextForms;
import java.math.BigDecimal;
import java.math.BigInteger;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.JsonGeneratorDelegate;
import tools.jackson.databind.DatabindException;

/** Refuses numbers that JSON does not have, or that would not be read back. */
final class CheckedGenerator extends JsonGeneratorDelegate {

    CheckedGenerator(JsonGenerator to) {
        super(to, false);
    }

    @Override
    public JsonGenerator writeNumber(double value) {
        if (!Double.isFinite(value)) {
            check(value);
        }
        delegate.writeNumber(value);
        return this;
    }

    @Override
    public JsonGenerator writeNumber(float value) {
        if (!Float.isFinite(value)) {
            check(value);
        }
        delegate.writeNumber(value);
        return this;
    }

    @Override
    public JsonGenerator writeNumber(BigDecimal value) {
        check(value);
        delegate.writeNumber(value);
        return this;
    }

    @Override
    public JsonGenerator writeNumber(BigInteger value) {
        check(value);
        delegate.writeNumber(value);
        return this;
    }

    @Override
    public JsonGenerator writeArray(double[] values, int from, int length) {
        writeStartArray(values, length);
        for (int i = from; i < from + length; i++) {
            writeNumber(values[i]);
        }
        writeEndArray();
        return this;
    }

    private void check(Object value) {
        try {
            TextForms.print(value);
        } catch (IllegalArgumentException e) {
            throw DatabindException.from(this, e.getMessage(), e);
        }
    }
}
