package io.cacheport.structure;

import io.cacheport.spi.CacheKeys;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules for what structures hold (S8), for adapters. Each method returns what it was given, without doubles, or says
 * what is wrong.
 *
 * @since 0.1
 */
public final class Elements {

    private Elements() {}

    /** One field and its value. */
    static Map<String, Object> field(String field, Object value) {
        return Map.of(requireField(field), requireValue(value));
    }

    /** The field. */
    public static String requireField(String field) {
        return CacheKeys.requireText("field", field);
    }

    /** The fields. */
    public static Set<String> requireFields(Collection<String> fields) {
        return CacheKeys.requireTexts("field", fields);
    }

    /** The member. */
    public static String requireMember(String member) {
        return CacheKeys.requireText("member", member);
    }

    /** The members. */
    public static Set<String> requireMembers(Collection<String> members) {
        return CacheKeys.requireTexts("member", members);
    }

    /** The fields with their values. */
    public static Map<String, ?> requireValues(Map<String, ?> values) {
        if (values == null) {
            throw new IllegalArgumentException("values is null: pass an empty map to set nothing");
        }
        values.forEach((field, value) -> {
            requireField(field);
            requireValue(value);
        });
        return values;
    }

    /** The values. */
    public static List<?> requireValues(List<?> values) {
        if (values == null) {
            throw new IllegalArgumentException("values is null: pass an empty list to push nothing");
        }
        values.forEach(Elements::requireValue);
        return values;
    }

    private static Object requireValue(Object value) {
        if (value == null) {
            throw new IllegalArgumentException("an element is null: what is not there is not stored");
        }
        return value;
    }
}
