package dev.waxwing.recovery.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The values that have no parts. The order of the constants is part of the stored format: append
 * only.
 */
@SuppressWarnings("ImmutableEnumChecker")
enum ScalarType implements ValueWriter, ValueReader {
    BOOLEAN(Boolean.class, boolean.class, (out, v) -> out.writeByte(v ? 1 : 0), ScalarType::bool),
    BYTE(Byte.class, byte.class, (out, v) -> out.writeByte(v), in -> (byte) in.readByte()),
    SHORT(Short.class, short.class, (out, v) -> out.writeZigZag(v), in -> (short) bits(in, 16)),
    CHAR(Character.class, char.class, (out, v) -> out.writeVarInt(v), ScalarType::character),
    INT(Integer.class, int.class, (out, v) -> out.writeZigZag(v), in -> (int) bits(in, 32)),
    LONG(Long.class, long.class, (out, v) -> out.writeZigZag(v), ByteInput::readZigZag),
    FLOAT(
            Float.class,
            float.class,
            (out, v) -> out.writeInt(Float.floatToIntBits(v)),
            in -> Float.intBitsToFloat(in.readInt())),
    DOUBLE(
            Double.class,
            double.class,
            (out, v) -> out.writeLong(Double.doubleToLongBits(v)),
            in -> Double.longBitsToDouble(in.readLong())),
    STRING(
            String.class,
            null,
            (out, v) -> out.writeText(v, 0),
            in -> in.readText(in.readVarLong())),
    BYTES(
            byte[].class,
            null,
            (out, v) -> {
                out.writeVarInt(v.length);
                out.write(v, 0, v.length);
            },
            in -> in.readBytes(in.readLength())),
    UUID(
            java.util.UUID.class,
            null,
            (out, v) -> {
                out.writeLong(v.getMostSignificantBits());
                out.writeLong(v.getLeastSignificantBits());
            },
            in -> new UUID(in.readLong(), in.readLong())),
    BIG_INTEGER(
            BigInteger.class,
            null,
            (out, v) -> BYTES.write(out, v.toByteArray()),
            ScalarType::bigInteger),
    BIG_DECIMAL(
            BigDecimal.class,
            null,
            (out, v) -> {
                out.writeZigZag(v.scale());
                BYTES.write(out, v.unscaledValue().toByteArray());
            },
            in -> {
                int scale = (int) bits(in, 32);
                return new BigDecimal(bigInteger(in), scale);
            }),
    INSTANT(
            Instant.class,
            null,
            (out, v) -> {
                out.writeZigZag(v.getEpochSecond());
                out.writeVarInt(v.getNano());
            },
            in -> Instant.ofEpochSecond(in.readZigZag(), in.readVarInt())),
    DURATION(
            Duration.class,
            null,
            (out, v) -> {
                out.writeZigZag(v.getSeconds());
                out.writeVarInt(v.getNano());
            },
            in -> Duration.ofSeconds(in.readZigZag(), in.readVarInt())),
    LOCAL_DATE(
            LocalDate.class,
            null,
            (out, v) -> out.writeZigZag(v.toEpochDay()),
            in -> LocalDate.ofEpochDay(in.readZigZag())),
    LOCAL_TIME(
            LocalTime.class,
            null,
            (out, v) -> out.writeVarLong(v.toNanoOfDay()),
            in -> LocalTime.ofNanoOfDay(in.readVarLong())),
    LOCAL_DATE_TIME(LocalDateTime.class, null, ScalarType::writeDateTime, ScalarType::readDateTime),
    ZONE_OFFSET(
            ZoneOffset.class,
            null,
            (out, v) -> out.writeZigZag(v.getTotalSeconds()),
            ScalarType::readOffset),
    OFFSET_TIME(
            OffsetTime.class,
            null,
            (out, v) -> {
                out.writeVarLong(v.toLocalTime().toNanoOfDay());
                out.writeZigZag(v.getOffset().getTotalSeconds());
            },
            in -> OffsetTime.of(LocalTime.ofNanoOfDay(in.readVarLong()), readOffset(in))),
    OFFSET_DATE_TIME(
            OffsetDateTime.class,
            null,
            (out, v) -> {
                writeDateTime(out, v.toLocalDateTime());
                out.writeZigZag(v.getOffset().getTotalSeconds());
            },
            in -> OffsetDateTime.of(readDateTime(in), readOffset(in))),
    ZONED_DATE_TIME(
            ZonedDateTime.class,
            null,
            (out, v) -> {
                writeDateTime(out, v.toLocalDateTime());
                out.writeZigZag(v.getOffset().getTotalSeconds());
                out.writeText(v.getZone().getId(), 0);
            },
            in ->
                    ZonedDateTime.ofInstant(
                            readDateTime(in),
                            readOffset(in),
                            ZoneId.of(in.readText(in.readVarLong())))),
    ZONE_ID(
            ZoneId.class,
            null,
            (out, v) -> out.writeText(v.getId(), 0),
            in -> ZoneId.of(in.readText(in.readVarLong()))),
    YEAR(
            Year.class,
            null,
            (out, v) -> out.writeZigZag(v.getValue()),
            in -> Year.of((int) bits(in, 32))),
    YEAR_MONTH(
            YearMonth.class,
            null,
            (out, v) -> {
                out.writeZigZag(v.getYear());
                out.writeByte(v.getMonthValue());
            },
            in -> YearMonth.of((int) bits(in, 32), in.readByte())),
    MONTH_DAY(
            MonthDay.class,
            null,
            (out, v) -> {
                out.writeByte(v.getMonthValue());
                out.writeByte(v.getDayOfMonth());
            },
            in -> MonthDay.of(in.readByte(), in.readByte())),
    PERIOD(
            Period.class,
            null,
            (out, v) -> {
                out.writeZigZag(v.getYears());
                out.writeZigZag(v.getMonths());
                out.writeZigZag(v.getDays());
            },
            in -> Period.of((int) bits(in, 32), (int) bits(in, 32), (int) bits(in, 32)));

    private static final Map<Class<?>, ScalarType> BY_CLASS = new HashMap<>();

    static {
        for (ScalarType type : values()) {
            BY_CLASS.put(type.boxed, type);
            if (type.primitive != null) {
                BY_CLASS.put(type.primitive, type);
            }
        }
    }

    private final Class<?> boxed;
    private final @Nullable Class<?> primitive;
    private final Writing<Object> writing;
    private final Reading<?> reading;

    @SuppressWarnings("unchecked")
    <T> ScalarType(
            Class<T> boxed, @Nullable Class<?> primitive, Writing<T> writing, Reading<T> reading) {
        this.boxed = boxed;
        this.primitive = primitive;
        this.writing = (Writing<Object>) writing;
        this.reading = reading;
    }

    /** The type that a class is stored as; null if it has parts or cannot be stored. */
    static @Nullable ScalarType of(Class<?> type) {
        ScalarType exact = BY_CLASS.get(type);
        return exact == null && ZoneId.class.isAssignableFrom(type) ? ZONE_ID : exact;
    }

    /** Its number in the stored format: its place among the constants. */
    @SuppressWarnings("EnumOrdinal")
    int code() {
        return ordinal();
    }

    /** In Java, with its simple name. */
    String name(boolean isPrimitive) {
        return javaClass(isPrimitive).getSimpleName();
    }

    Class<?> javaClass(boolean isPrimitive) {
        return isPrimitive && primitive != null ? primitive : boxed;
    }

    @Override
    public void write(ByteOutput out, Object value) {
        writing.write(out, value);
    }

    @Override
    public void writeNullable(ByteOutput out, @Nullable Object value) {
        if (this != STRING) {
            ValueWriter.super.writeNullable(out, value);
        } else if (value == null) {
            out.writeByte(0);
        } else {
            out.writeText((String) value, 1);
        }
    }

    @Override
    public Object read(ByteInput in) {
        return reading.read(in);
    }

    @Override
    public @Nullable Object readNullable(ByteInput in) {
        if (this != STRING) {
            return ValueReader.super.readNullable(in);
        }
        long header = in.readVarLong();
        return header == 0 ? null : in.readText(header - 1);
    }

    private static boolean bool(ByteInput in) {
        int value = in.readByte();
        if (value > 1) {
            throw in.damaged("true or false");
        }
        return value == 1;
    }

    private static char character(ByteInput in) {
        int value = in.readVarInt();
        if (value != (char) value) {
            throw in.damaged("a character");
        }
        return (char) value;
    }

    private static long bits(ByteInput in, int bits) {
        long value = in.readZigZag();
        if (value << (64 - bits) >> (64 - bits) != value) {
            throw in.damaged("a number of " + bits + " bits");
        }
        return value;
    }

    private static BigInteger bigInteger(ByteInput in) {
        int length = in.readLength();
        if (length == 0) {
            throw in.damaged("a big number");
        }
        return new BigInteger(in.readBytes(length));
    }

    private static void writeDateTime(ByteOutput out, LocalDateTime value) {
        out.writeZigZag(value.toLocalDate().toEpochDay());
        out.writeVarLong(value.toLocalTime().toNanoOfDay());
    }

    private static LocalDateTime readDateTime(ByteInput in) {
        return LocalDateTime.of(
                LocalDate.ofEpochDay(in.readZigZag()), LocalTime.ofNanoOfDay(in.readVarLong()));
    }

    private static ZoneOffset readOffset(ByteInput in) {
        return ZoneOffset.ofTotalSeconds((int) bits(in, 32));
    }

    @FunctionalInterface
    private interface Writing<T> {
        void write(ByteOutput out, T value);
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(ByteInput in);
    }
}
