package dev.waxwing.recovery.codec;

import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.StateMigration;
import java.lang.reflect.Type;
import java.util.Objects;

/**
 * Turns the values of one type into bytes and back. Immutable, thread-safe.
 *
 * <p>Values and their parts may be: numbers, texts, truth values, times, UUIDs, enums, arrays,
 * {@code Optional}, the JDK's lists, sets, deques and maps, records, sealed types of these, and
 * classes that have a constructor without parameters. A part may be null, the value itself not. A
 * part whose declared type says nothing ({@code Object}, an open interface, a raw list, a type
 * variable) is stored with what it is; classes there must be reached from the type elsewhere or be
 * registered.
 *
 * <p>Collections are read as mutable ones, whatever they were: {@code List} as {@code ArrayList},
 * {@code Set} and {@code Map} as linked ones in the order in which they were stored, sorted ones in
 * natural order. An object of a declared class must be exactly of that class. Two references to one
 * object are read as two objects; an object that contains itself is refused.
 */
public final class StateCodec {

    private final BoundSchema schema;
    private final ValueWriter writer;
    private final StateReader reader;
    private final String schemaText;
    private final SchemaTraits traits;

    private StateCodec(BoundSchema schema) {
        this.schema = schema;
        this.writer = new WriterCompiler(schema).writer(schema.document().root());
        this.schemaText = SchemaJson.write(schema.document());
        this.traits = new SchemaTraits(schema.document());
        SchemaVerdict verdict = new ReaderCompiler(schema.document(), schema).compile();
        this.reader = ((SchemaVerdict.Compatible) verdict).reader();
    }

    /**
     * Makes the codec of a type; costs reflection once and none per value.
     *
     * @throws RecoveryException if the type, or one it is made of, cannot be stored; says why
     */
    public static StateCodec of(Type type, CodecRegistry registry) {
        Objects.requireNonNull(type, "type");
        return new StateCodec(SchemaBuilder.build(JavaType.of(type), registry));
    }

    /**
     * The bytes of a value.
     *
     * @throws RecoveryException if the value, or one in it, cannot be stored; says why
     */
    public byte[] encode(Object value) {
        ByteOutput out = new ByteOutput();
        encode(value, out);
        return out.toByteArray();
    }

    /** Appends the bytes of a value to an output. */
    public void encode(Object value, ByteOutput out) {
        writer.write(out, Objects.requireNonNull(value, "value"));
    }

    /**
     * The value of bytes that this codec, or another one of the same schema, has made.
     *
     * @throws RecoveryException if the bytes are not exactly one value
     */
    public Object decode(byte[] data) {
        return reader.decode(data, 0, data.length);
    }

    /** As {@link #decode(byte[])}, for a range. */
    public Object decode(byte[] data, int offset, int length) {
        return reader.decode(data, offset, length);
    }

    /** What the bytes mean: JSON, always the same for the same type. */
    public String schemaText() {
        return schemaText;
    }

    /**
     * Whether values cannot change once they are made, so that they may be encoded later and on
     * another thread: true for numbers, texts, times, enums, and for records and sealed types of
     * these; never for collections, arrays and classes.
     */
    public boolean isDeeplyImmutable() {
        return traits.isDeeplyImmutable();
    }

    /**
     * Whether equal values always have equal bytes, as keys must: true for numbers, texts, times,
     * enums, and for records, lists and sealed types of these.
     */
    public boolean isFitForKeys() {
        return traits.isFitForKeys();
    }

    /**
     * Whether and how what was stored under another schema is read as this codec's type.
     *
     * @throws RecoveryException if the text is no schema
     */
    public SchemaVerdict reader(String storedSchema) {
        if (storedSchema.equals(schemaText)) {
            return new SchemaVerdict.Compatible(reader);
        }
        return new ReaderCompiler(SchemaJson.read(storedSchema), schema).compile();
    }

    /**
     * Reads what was stored under another schema with the help of the user. The reader throws a
     * {@code RecoveryException}, with what the user's function threw as its cause, for a value that
     * the function fails for, or does not make into one of this codec's type.
     *
     * @throws RecoveryException if the text is no schema
     */
    public StateReader migratingReader(String storedSchema, StateMigration migration) {
        SchemaDocument stored = SchemaJson.read(storedSchema);
        ValueReader generic = new GenericReaders(stored).reader(stored.root());
        return new StateReader(new Readers.Converted(generic, old -> migrated(migration, old)));
    }

    private Object migrated(StateMigration migration, Object old) {
        Object value;
        try {
            value = migration.migrate(old);
        } catch (Throwable thrown) {
            throw new RecoveryException(
                    "the migration function threw "
                            + thrown
                            + "; make it cover this value, or restore the old type",
                    thrown);
        }
        if (value == null) {
            throw new RecoveryException(
                    "the migration function returned null; return a value of today's type");
        }
        try {
            encode(value, new ByteOutput());
        } catch (RuntimeException e) {
            throw new RecoveryException(
                    "the migration function returned a "
                            + value.getClass().getName()
                            + ", which cannot be stored as "
                            + schema.document().name(schema.document().root())
                            + " ("
                            + e.getMessage()
                            + "); return a value of today's type",
                    e);
        }
        return value;
    }
}
