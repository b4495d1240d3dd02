package io.cacheport.benchmarks;

import java.util.List;
import java.util.Locale;

/** What is cached: about 300 bytes of JSON. */
record Product(
        int id,
        String slug,
        String name,
        String description,
        long priceCents,
        String currency,
        boolean active,
        List<String> tags,
        int durationMinutes,
        String updatedAt) {

    static Product of(int id) {
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

    static String keyOf(int id) {
        return String.format(Locale.ROOT, "catalog:t1:package:%05d", id);
    }
}
