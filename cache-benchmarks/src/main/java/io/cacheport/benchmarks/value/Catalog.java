package io.cacheport.benchmarks.value;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** About 10 KB of JSON: a list of records within records. */
public record Catalog(
        int id, String tenant, String title, String generatedAt, boolean published, int total, List<Offer> offers)
        implements Serializable {

    private static final int OFFERS = 20;

    /** One of many in a catalog. */
    public record Offer(
            String id,
            String name,
            String description,
            double rating,
            int reviews,
            boolean active,
            Price price,
            Place place,
            List<String> tags,
            String createdAt,
            String updatedAt)
            implements Serializable {

        private static Offer of(int catalog, int number) {
            int seed = 31 * catalog + number;
            return new Offer(
                    String.format(Locale.ROOT, "offer-%05d-%02d", catalog, number),
                    "Evening session number " + seed,
                    "Two hours in room " + (1 + seed % 9) + " with an engineer, instruments and a mix of the best take",
                    (seed % 50) / 10.0,
                    seed % 977,
                    seed % 3 != 0,
                    new Price(9_900L + seed, "EUR", seed % 2 == 0),
                    new Place(
                            "Harbour Street " + (1 + seed % 200),
                            52.3 + seed % 100 / 1_000.0,
                            13.4 - seed % 70 / 700.0),
                    List.of("studio", "weekend", "room-" + seed % 9),
                    time(seed),
                    time(seed + 7));
        }
    }

    /** What an offer costs. */
    public record Price(long cents, String currency, boolean taxIncluded) implements Serializable {}

    /** Where an offer takes place. */
    public record Place(String street, double latitude, double longitude) implements Serializable {}

    /** The one of that id, always the same. */
    public static Catalog of(int id) {
        List<Offer> offers = IntStream.range(0, OFFERS)
                .mapToObj(number -> Offer.of(id, number))
                .toList();
        return new Catalog(id, "t1", "Everything of tenant one, page " + id, time(id), true, OFFERS, offers);
    }

    /** The key of the one of that id. */
    public static String keyOf(int id) {
        return String.format(Locale.ROOT, "catalog:t1:page:%05d", id);
    }

    private static String time(int seed) {
        return String.format(
                Locale.ROOT, "2026-%02d-%02dT%02d:%02d:00Z", 1 + seed % 12, 1 + seed % 28, seed % 24, seed % 60);
    }
}
