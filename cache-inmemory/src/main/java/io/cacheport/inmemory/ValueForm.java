package io.cacheport.inmemory;

import io.cacheport.TypeRef;
import io.cacheport.spi.Codec;
import io.cacheport.spi.UnreadableValueException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** How values are held: as references, which costs nothing, or as the bytes Redis would hold, which catches mistakes. */
sealed interface ValueForm {

    /** What to keep for the value. */
    @Nullable
    Object hold(String key, @Nullable Object value);

    /** What to keep for a copy of a value that was read as this type. */
    @Nullable
    Object holdCopy(String key, @Nullable Object value, TypeRef<?> type);

    /** The value of what was kept, if it is one of that type. */
    <T> @Nullable T read(String key, @Nullable Object held, TypeRef<T> type) throws UnreadableValueException;

    /** Bytes of what is kept, 0 if not known. */
    int bytes(@Nullable Object held);

    record References() implements ValueForm {

        /** A value that was read as this type, and is given to nobody who asks for another (N7). */
        private record Typed(Object value, TypeRef<?> type) {}

        @Override
        public @Nullable Object hold(String key, @Nullable Object value) {
            return value;
        }

        @Override
        public @Nullable Object holdCopy(String key, @Nullable Object value, TypeRef<?> type) {
            return value == null ? null : new Typed(value, type);
        }

        @Override
        @SuppressWarnings("unchecked") // checked as far as a class can be
        public <T> @Nullable T read(String key, @Nullable Object held, TypeRef<T> type)
                throws UnreadableValueException {
            if (held != null && held.getClass() == type.rawType()) {
                return (T) held; // most are, and what is no value has a class that nobody can ask for
            }
            if (held instanceof Typed typed) {
                if (!typed.type().equals(type)) {
                    throw new UnreadableValueException(type, new ClassCastException());
                }
                return (T) typed.value();
            }
            if (held instanceof Structure.Counter counter) {
                return (T) number(counter.number(), type);
            }
            if (held instanceof Structure || (held != null && !type.rawType().isInstance(held))) {
                throw new UnreadableValueException(type, new ClassCastException());
            }
            return (T) held;
        }

        /** As JSON would be read: a whole number is an Integer too where it fits. */
        private static Object number(long number, TypeRef<?> type) throws UnreadableValueException {
            if (type.rawType() == Integer.class && number == (int) number) {
                return (int) number;
            }
            if (!type.rawType().isInstance(number)) {
                throw new UnreadableValueException(type, new ClassCastException());
            }
            return number;
        }

        @Override
        public int bytes(@Nullable Object held) {
            return 0;
        }

        @Override
        public String toString() {
            return "by reference";
        }
    }

    record Copies(Codec codec) implements ValueForm {

        @Override
        public Object hold(String key, @Nullable Object value) {
            return codec.encode(key.getBytes(StandardCharsets.UTF_8), value);
        }

        /** The bytes can be read as any type, as those of the store can. */
        @Override
        public Object holdCopy(String key, @Nullable Object value, TypeRef<?> type) {
            return hold(key, value);
        }

        @Override
        public <T> @Nullable T read(String key, @Nullable Object held, TypeRef<T> type)
                throws UnreadableValueException {
            if (held instanceof byte[] bytes) {
                return codec.decode(key.getBytes(StandardCharsets.UTF_8), bytes, type);
            }
            if (held instanceof Structure.Counter counter) {
                byte[] digits = Long.toString(counter.number()).getBytes(StandardCharsets.US_ASCII);
                return codec.decode(key.getBytes(StandardCharsets.UTF_8), digits, type);
            }
            if (held instanceof Structure) {
                throw new UnreadableValueException(type, new ClassCastException());
            }
            throw new IllegalStateException("a copying store holds bytes only");
        }

        @Override
        public int bytes(@Nullable Object held) {
            return held instanceof byte[] bytes ? bytes.length : 0;
        }

        @Override
        public String toString() {
            return "copying as " + codec;
        }
    }
}
