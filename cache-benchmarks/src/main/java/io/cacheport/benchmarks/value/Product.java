package io.cacheport.benchmarks.value;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/** About 300 bytes of JSON. */
public record Product(
        int id,
        String slug,
        String name,
        String description,
        long priceCents,
        String currency,
        boolean active,
        List<String> tags,
        int durationMinutes,
        String updatedAt)
        implements Serializable {

    /** The one of that id, always the same. */
    public static Product of(int id) {
        return new Product(
                id,
                String.format(Locale.ROOT, "package-%05d", id),
                "Package number " + id,
                "Two hours of studio time with an engineer, for groups of up to six",
                9_900L + id,
                "EUR",
                true,
                List.of("studio", "weekend", "popular"),
                120,
                "2026-11-21T09:30:00Z");
    }

    /** The key of the one of that id. */
    public static String keyOf(int id) {
        return String.format(Locale.ROOT, "catalog:t1:package:%05d", id);
    }
}
