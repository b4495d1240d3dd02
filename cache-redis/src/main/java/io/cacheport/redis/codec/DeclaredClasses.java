package io.cacheport.redis.codec;

import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The classes that a value of a type can be made of, by what is declared: the type's own and its arguments', those of its
 * properties, those that a sealed type permits, and so on. Not those inside a class of the JDK.
 */
final class DeclaredClasses {

    private final Set<Class<?>> seen = new LinkedHashSet<>();
    private final Set<Class<?>> instantiable = new LinkedHashSet<>();

    private DeclaredClasses() {}

    static Set<Class<?>> of(Type type) {
        DeclaredClasses classes = new DeclaredClasses();
        classes.add(type);
        return classes.instantiable;
    }

    private void add(Type... types) {
        for (Type type : types) {
            if (type instanceof Class<?> one) {
                add(one);
            } else if (type instanceof ParameterizedType parameterized) {
                add(parameterized.getRawType());
                add(parameterized.getActualTypeArguments());
            } else if (type instanceof WildcardType wildcard) {
                add(wildcard.getUpperBounds());
                add(wildcard.getLowerBounds());
            } else if (type instanceof GenericArrayType array) {
                add(array.getGenericComponentType());
            } else if (type instanceof TypeVariable<?> variable && variable.getBounds()[0] instanceof Class<?> bound) {
                add(bound);
            }
        }
    }

    private void add(Class<?> type) {
        Class<?> one = type.isArray() ? type.componentType() : type;
        if (one.isPrimitive() || !seen.add(one)) {
            return;
        }
        if (one.isArray()) {
            add(one);
            return;
        }
        if (one.isEnum() || !Modifier.isAbstract(one.getModifiers())) {
            instantiable.add(one);
        }
        if (one.isSealed() && !one.isEnum()) {
            add((Type[]) one.getPermittedSubclasses());
        }
        if (one.getClassLoader() != null && !one.isEnum()) {
            properties(one);
        }
    }

    private void properties(Class<?> type) {
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                add(field.getGenericType());
            }
        }
        if (type.getGenericSuperclass() != null) {
            add(type.getGenericSuperclass());
        }
    }
}
