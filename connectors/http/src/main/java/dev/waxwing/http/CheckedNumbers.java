package dev.waxwing.http;

import dev.waxwing.text.TextForms;
import java.math.BigDecimal;
import java.math.BigInteger;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.JsonGeneratorDelegate;
import tools.jackson.databind.DatabindException;

/** Refuses numbers without a text form, such as NaN, which Jackson makes a string of. */
final class CheckedNumbers extends JsonGeneratorDelegate {

    CheckedNumbers(JsonGenerator to) {
        super(to, false);
    }

    @Override
    public JsonGenerator writeNumber(double value) {
        if (!Double.isFinite(value)) {
            check(value);
        }
        return super.writeNumber(value);
    }

    @Override
    public JsonGenerator writeNumber(float value) {
        if (!Float.isFinite(value)) {
            check(value);
        }
        return super.writeNumber(value);
    }

    @Override
    public JsonGenerator writeNumber(BigDecimal value) {
        check(value);
        return super.writeNumber(value);
    }

    @Override
    public JsonGenerator writeNumber(BigInteger value) {
        check(value);
        return super.writeNumber(value);
    }

    @Override
    public JsonGenerator writeArray(double[] values, int from, int length) {
        writeStartArray(values, length);
        for (int i = from; i < from + length; i++) {
            writeNumber(values[i]);
        }
        return writeEndArray();
    }

    private void check(Number value) {
        try {
            TextForms.print(value);
        } catch (IllegalArgumentException e) {
            throw DatabindException.from(this, e.getMessage(), e);
        }
    }
}
