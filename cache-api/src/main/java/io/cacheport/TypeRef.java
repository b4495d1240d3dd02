package io.cacheport;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import org.jspecify.annotations.Nullable;

/**
 * A type with its type arguments, which a {@code Class} cannot hold: {@code new TypeRef<List<Package>>() {}}, or
 * {@code new TypeRef<>() {}} where the compiler knows the rest. Immutable; equal when the types are equal. The technique
 * is Neal Gafter's super type token.
 *
 * @param <T> the type referred to
 * @since 0.1
 */
public abstract class TypeRef<T> {

    private static final ClassValue<TypeRef<?>> BY_CLASS = new ClassValue<>() {
        @Override
        protected TypeRef<?> computeValue(Class<?> type) {
            return new TypeRef<>(boxed(type), boxed(type)) {};
        }
    };

    private final Type type;
    private final Class<?> rawType;

    /**
     * For the anonymous subclass that fixes the type.
     *
     * @throws IllegalArgumentException if the type is missing or still has a variable in it, as in {@code new
     *     TypeRef<List<E>>() {}} inside a generic method
     */
    protected TypeRef() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parent)) {
            throw new IllegalArgumentException("TypeRef without a type: write new TypeRef<List<String>>() {}");
        }
        this.type = parent.getActualTypeArguments()[0];
        this.rawType = rawTypeOf(type, type);
    }

    private TypeRef(Type type, Class<?> rawType) {
        this.type = type;
        this.rawType = rawType;
    }

    /** The reference to a type without type arguments; always the same one, so free of cost. Primitives are boxed. */
    @SuppressWarnings("unchecked") // BY_CLASS maps a class to the reference to that class
    public static <T> TypeRef<T> of(Class<T> type) {
        if (type == null) {
            throw new IllegalArgumentException("type is null: name the class of the value");
        }
        return (TypeRef<T>) BY_CLASS.get(type);
    }

    /** The full type. */
    public Type type() {
        return type;
    }

    /** The class of the type without its arguments, never a primitive. */
    public Class<?> rawType() {
        return rawType;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof TypeRef<?> that && type.equals(that.type));
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }

    @Override
    public String toString() {
        return type.getTypeName();
    }

    /** Also walks the arguments, so that a variable anywhere inside is found when the reference is made. */
    private static Class<?> rawTypeOf(Type type, Type whole) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType parameterized) {
            for (Type argument : parameterized.getActualTypeArguments()) {
                rawTypeOf(argument, whole);
            }
            return (Class<?>) parameterized.getRawType();
        }
        if (type instanceof GenericArrayType array) {
            return rawTypeOf(array.getGenericComponentType(), whole).arrayType();
        }
        if (type instanceof WildcardType wildcard) {
            for (Type bound : wildcard.getLowerBounds()) {
                rawTypeOf(bound, whole);
            }
            return rawTypeOf(wildcard.getUpperBounds()[0], whole);
        }
        String variable = type instanceof TypeVariable<?> v ? v.getName() : type.getTypeName();
        throw new IllegalArgumentException("TypeRef of " + whole.getTypeName() + " leaves the type variable " + variable
                + " open: make the reference where the type is known and pass it in");
    }

    private static Class<?> boxed(Class<?> type) {
        return type.isPrimitive()
                ? java.lang.invoke.MethodType.methodType(type).wrap().returnType()
                : type;
    }
}
