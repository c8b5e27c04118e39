package dev.waxwing.recovery.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/** A generic type as a value: {@code new TypeToken<List<String>>() {}.type()}. */
abstract class TypeToken<T> {

    Type type() {
        return ((ParameterizedType) getClass().getGenericSuperclass()).getActualTypeArguments()[0];
    }
}
