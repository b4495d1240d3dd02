package io.cacheport.redis.codec;

import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Which classes are not written, because no declared type tells that a value could have them. */
final class Storable {

    private static final Class<?> ENUM_SET = EnumSet.noneOf(TimeUnit.class).getClass(); // of up to 64 constants

    private Storable() {}

    /** Asked once for each class that is no part of Fory; null, since it is to write it as it does. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // whatever kind of nothing is asked for
    static <S> @Nullable S orThrow(Class<?> type) {
        boolean collection = Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
        if (collection && type != ENUM_SET) {
            throw new NotStorable(type, "a collection that is none of the JDK's usual ones");
        }
        if (type.isHidden() || type.isSynthetic() || Proxy.isProxyClass(type)) {
            throw new NotStorable(type, "made while the program runs");
        }
        return null;
    }

    /** Carries the class and nothing of the value. */
    static final class NotStorable extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        NotStorable(Class<?> type, String why) {
            super(type.getName() + " is " + why);
        }
    }

    /** What there is to say of a failure without quoting a value. */
    static String reason(Throwable failure) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            if (one instanceof NotStorable) {
                return String.valueOf(one.getMessage());
            }
        }
        return failure.getClass().getSimpleName();
    }
}
