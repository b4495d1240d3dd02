package io.cacheport.redis.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a value is of a type, with what its collections hold: the class in the bytes was chosen by who wrote them. */
final class Fits {

    private Fits() {}

    /** Null is of every type. */
    static boolean isOf(Type type, @Nullable Object value) {
        if (value == null) {
            return true;
        }
        if (type instanceof Class<?> one) {
            return one.isInstance(value);
        }
        if (type instanceof WildcardType wildcard) {
            return isOf(wildcard.getUpperBounds()[0], value);
        }
        if (type instanceof ParameterizedType parameterized) {
            return isOf(parameterized.getRawType(), value) && holds(parameterized.getActualTypeArguments(), value);
        }
        return value.getClass().isArray(); // a generic array; a variable cannot be
    }

    private static boolean holds(Type[] arguments, Object value) {
        if (value instanceof Map<?, ?> map && arguments.length == 2) {
            return allOf(arguments[0], map.keySet()) && allOf(arguments[1], map.values());
        }
        if (value instanceof Collection<?> collection && arguments.length == 1) {
            return allOf(arguments[0], collection);
        }
        return !(value instanceof Optional<?> optional) || isOf(arguments[0], optional.orElse(null));
    }

    private static boolean allOf(Type type, Collection<?> values) {
        if (type != Object.class) {
            for (Object value : values) {
                if (!isOf(type, value)) {
                    return false;
                }
            }
        }
        return true;
    }
}
