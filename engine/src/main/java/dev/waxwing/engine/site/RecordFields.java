package dev.waxwing.engine.site;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/** Finds the fields of records that are equal if and only if their fields are. */
public final class RecordFields {

    /*
     * So are those whose equals is the compiler's. Reflection does not tell; the class file does: the compiler's
     * equals is made by an invokedynamic of this name and type, which no other method of a record has.
     */
    private static final Field[] NONE = {};
    private static final int MAGIC = 0xcafebabe;

    private static final ClassValue<Field[]> OF =
            new ClassValue<>() {
                @Override
                protected Field[] computeValue(Class<?> type) {
                    return type.isRecord() && hasCompilersEquals(type) ? fields(type) : NONE;
                }
            };

    private RecordFields() {}

    /** The fields, or none for any other class, or if they cannot be read. */
    public static Field[] of(Class<?> type) {
        return OF.get(type);
    }

    private static Field[] fields(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Field[] fields = new Field[components.length];
        try {
            for (int i = 0; i < fields.length; i++) {
                fields[i] = type.getDeclaredField(components[i].getName());
                fields[i].setAccessible(true);
            }
        } catch (NoSuchFieldException | InaccessibleObjectException | SecurityException e) {
            return NONE;
        }
        return fields;
    }

    private static boolean hasCompilersEquals(Class<?> type) {
        String binaryName = type.getName();
        String file = binaryName.substring(binaryName.lastIndexOf('.') + 1) + ".class";
        try (InputStream bytes = type.getResourceAsStream(file)) {
            return bytes != null
                    && makesEquals(new DataInputStream(bytes), binaryName.replace('.', '/'));
        } catch (IOException e) {
            return false;
        }
    }

    /* Reads the constants (JVM specification, 4.4) and looks for the name and type of the call. */
    private static boolean makesEquals(DataInputStream in, String className) throws IOException {
        if (in.readInt() != MAGIC) {
            return false;
        }
        in.readInt();
        int count = in.readUnsignedShort();
        @Nullable String[] texts = new @Nullable String[count];
        int[] namesAndTypes = new int[count];
        int[] calls = new int[count];
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts[i] = in.readUTF();
                case 12 -> namesAndTypes[i] = in.readInt();
                case 18 -> {
                    in.readUnsignedShort();
                    calls[i] = in.readUnsignedShort();
                }
                case 5, 6 -> {
                    in.readLong();
                    i++;
                }
                case 7, 8, 16, 19, 20 -> in.readUnsignedShort();
                case 15 -> in.skipNBytes(3);
                case 3, 4, 9, 10, 11, 17 -> in.readInt();
                default -> {
                    return false;
                }
            }
        }
        for (int call : calls) {
            int parts = namesAndTypes[call];
            if ("equals".equals(texts[parts >>> 16])
                    && ("(L" + className + ";Ljava/lang/Object;)Z").equals(texts[parts & 0xffff])) {
                return true;
            }
        }
        return false;
    }
}
